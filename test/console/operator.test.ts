import { describe, expect, it } from "vitest";
import { consoleWorld } from "./fakes/console-world.ts";
import { flashOf, locationOf, textOf } from "./reading.ts";

const HERE = "/operator/tenants/globex";

describe("an operator", () => {
  it("suspends a tenant with a reason that the tenant reads, and serves it again", async () => {
    const { post, api } = await consoleWorld();
    expect(await textOf(await post("/operator/tenants/acme", { form: "suspend", reason: "" }, "operator"))).toContain(
      "Say why",
    );
    const suspended = await post("/operator/tenants/acme", { form: "suspend", reason: "Abuse." }, "operator");
    expect([locationOf(suspended), flashOf(suspended)]).toEqual([
      "/operator/tenants/acme",
      expect.stringContaining("suspended"),
    ]);
    await post("/operator/tenants/acme", { form: "resume" }, "operator");
    expect(api.seen.filter(({ method }) => method === "POST").map(({ path, body }) => [path, body])).toEqual([
      ["/tenants/acme/suspend", { reason: "Abuse." }],
      ["/tenants/acme/resume", undefined],
    ]);
  });

  it("gives a plan and limits: empty is the plan's, none is no limit", async () => {
    const { post, api } = await consoleWorld();
    const fields = { form: "change", plan: "pro", requests: "5,000,000", keys: "none", domains: "" };
    await post(HERE, fields, "operator");
    expect(api.seen.find(({ method }) => method === "PATCH")).toMatchObject({
      path: "/tenants/globex",
      body: { plan: "pro", own_limits: { requests: 5_000_000, keys: null } },
    });
  });

  it.each(["-1", "1.5", "lots", "9".repeat(16)])("is told that %j is no limit", async (requests) => {
    const { post, api } = await consoleWorld();
    const response = await post(HERE, { form: "change", plan: "pro", requests }, "operator");
    expect([response.status, await textOf(response)]).toEqual([422, expect.stringContaining("A whole number, none")]);
    expect(api.seen.some(({ method }) => method === "PATCH")).toBe(false);
  });

  it("sees a dead letter, and puts it back into its queue", async () => {
    const { get, post, api } = await consoleWorld();
    const html = await textOf(await get("/operator/dead-letters", "operator"));
    expect(html).toContain("s3:aws/media/broken.mov");
    expect(html).toContain("The origin answered 500 at every attempt.");
    const replayed = await post("/operator/dead-letters", { id: "d1" }, "operator");
    expect(api.seen.at(-1)).toMatchObject({ method: "POST", path: "/dead-letters/d1/replay" });
    expect(flashOf(replayed)).toContain("in its queue again");
  });

  it("finds no button at a letter that was replayed, and the tenant's page at every other", async () => {
    const { get } = await consoleWorld();
    const html = await textOf(await get("/operator/dead-letters", "operator"));
    expect(html.match(/name="id" value="d\d"/g)).toEqual(['name="id" value="d1"']);
    expect(html).toContain('href="/operator/tenants/acme"');
    expect(html).toContain("A message of an unknown form");
  });

  it("is told in place when a letter cannot be replayed", async () => {
    const { post, api } = await consoleWorld();
    api.answerWith("POST /dead-letters/d1/replay", 409, "ALREADY_REPLAYED", "It is in its queue already.");
    const response = await post("/operator/dead-letters", { id: "d1" }, "operator");
    expect([response.status, await textOf(response)]).toEqual([422, expect.stringContaining("in its queue already")]);
  });

  it("sees each dependency, and what is under way", async () => {
    const { get, api } = await consoleWorld();
    Object.assign(api.data.health.dependencies, { ledger: "down" });
    const html = await textOf(await get("/operator/status", "operator"));
    expect(html).toMatch(/ledger<\/th><td><span class="badge badge-bad">down/);
    expect(html).toMatch(/Fills in flight<\/dt><dd><span class="value">4/);
    expect(html).toContain("s3:aws/media/silent.mov");
  });

  it("sees that queue and gate do not say how they are, and since when usage waits for its sum", async () => {
    const { get, api } = await consoleWorld();
    const waits = new Date(Date.now() - 90 * 60_000).toISOString();
    Object.assign(api.data.status, { queued_messages: null, stuck_fills: null, usage_waits_since: waits });
    const html = await textOf(await get("/operator/status", "operator"));
    for (const text of ["the queue does not say", "The gate does not say", "came what waits for its sum"]) {
      expect(html).toContain(text);
    }
  });

  it("sees the dependencies though nobody says what is under way", async () => {
    const { get, api } = await consoleWorld();
    api.answerWith("GET /status", 404, "NOT_FOUND", "x");
    const html = await textOf(await get("/operator/status", "operator"));
    expect(html).toContain("What is under way cannot be shown at the moment");
    expect(html).toContain("objects");
  });

  it("searches tenants by what they are called", async () => {
    const { get, api } = await consoleWorld();
    await get("/operator/tenants?q=glo%26be", "operator");
    expect(api.seen.at(-1)?.path).toBe("/tenants?search=glo%26be&limit=50");
  });

  it("sees every price with its source, and which ones nobody has confirmed", async () => {
    const { get } = await consoleWorld();
    const html = await textOf(await get("/operator/prices", "operator"));
    expect(html).toContain("Amazon S3, US, Canada, Europe");
    expect(html).toContain("$0.09");
    expect(html).toContain("not all confirmed");
    expect(html).toMatch(/as of \d{4}-\d\d-\d\d/);
  });
});
