import { describe, expect, it } from "vitest";
import { readForm } from "../../src/console/frame/forms.ts";
import { consoleWorld, ORIGIN } from "./fakes/console-world.ts";
import { bodyOf, flashOf, locationOf, textOf } from "./reading.ts";

describe("a form that the API refuses", () => {
  it("is shown again as it was, with the reason at the field", async () => {
    const { post } = await consoleWorld();
    const response = await post("/app/acme/origins", {
      form: "origin",
      origin: "http://plain.example/",
      access: "public",
      tags: "a, b",
    });
    const html = await textOf(response);
    expect(response.status).toBe(422);
    expect(html).toContain('value="http://plain.example/"');
    expect(html).toMatch(/id="e-origin">This must be an https URL without a query\./);
    expect(html).toMatch(/<option value="public" selected/);
    expect(html).toContain('value="a, b"');
  });

  it("says on top what is about no one field", async () => {
    const { post } = await consoleWorld();
    const twice = { form: "origin", origin: "https://media.s3.eu-west-1.amazonaws.com/" };
    const html = await textOf(await post("/app/acme/origins", twice));
    expect(html).toMatch(/role="alert">There is one like it already\./);
  });

  it("is a page that says so when the API does not answer, and reports it", async () => {
    const { post, api, reported } = await consoleWorld();
    api.answerWith("POST /hosts", 503, "UNAVAILABLE", "internal words");
    const response = await post("/app/acme/domains", { form: "add", host: "x.example" });
    expect([response.status, await textOf(response)]).toEqual([503, expect.stringContaining("Downloads go on")]);
    expect(reported).toHaveLength(1);
  });

  it("never shows what went wrong inside", async () => {
    const { get, api, reported } = await consoleWorld();
    api.data.entries.push({ nonsense: "stack trace" } as never);
    const html = await textOf(await get("/app/acme/files?status="));
    expect(html).not.toContain("ZodError");
    expect(reported).toHaveLength(0);
    api.answerWith("GET /cache", 200, "x", "y");
    const broken = await get("/app/acme/files");
    expect([broken.status, await textOf(broken)]).toEqual([503, expect.not.stringContaining("invalid_type")]);
  });

  it.each([400, 402, 409, 429])("brings the API's own words for %i", async (status) => {
    const { post, api } = await consoleWorld();
    api.answerWith("POST /purge", status, "LIMIT", "You are over 5 purges a minute until 12:35.");
    const response = await post("/app/acme/files", { form: "purge", by: "tag", value: "a" });
    expect([response.status, await textOf(response)]).toEqual([422, expect.stringContaining("until 12:35")]);
  });

  it("too large is refused before anybody is asked", async () => {
    const { post, api } = await consoleWorld();
    const response = await post("/app/acme/files", { form: "preload", url: "x".repeat(300_000) });
    expect([response.status, api.seen]).toEqual([400, []]);
  });
});

describe("a form that does not end", () => {
  it("is read no further than a form goes, whoever sends it", async () => {
    const { answer, reported } = await consoleWorld();
    let sent = 0;
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 64_000;
        controller.enqueue(new Uint8Array(64_000).fill(97));
      },
      cancel() {
        cancelled = true;
      },
    });
    const headers = { Origin: ORIGIN, "Sec-Fetch-Site": "same-origin" };
    const endless = { method: "POST", headers, body, duplex: "half" } as RequestInit;
    const response = await answer(new Request(`${ORIGIN}/sign-in`, endless));
    expect([response.status, cancelled, reported]).toEqual([400, true, []]);
    expect(sent).toBeLessThan(600_000);
  });

  it("may hold letters that come in two pieces", async () => {
    const bytes = new TextEncoder().encode("name=Ärger&email=x%40y.example");
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of [bytes.slice(0, 6), bytes.slice(6)]) controller.enqueue(piece);
        controller.close();
      },
    });
    const sent = { method: "POST", body, duplex: "half" } as RequestInit;
    expect(await readForm(new Request(`${ORIGIN}/x`, sent))).toEqual({ name: "Ärger", email: "x@y.example" });
  });
});

describe("secrets", () => {
  it("of a new API key are shown in the answer, kept by nobody, and not told again", async () => {
    const { post, get } = await consoleWorld();
    const response = await post("/app/acme/keys", { form: "add", name: "ci", life: "30", "scope cache:read": "yes" });
    const html = await textOf(response);
    expect(html).toContain(`snap_key_${"s".repeat(43)}`);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(response.headers.getSetCookie().join()).not.toMatch(/flash|snap_key/);
    expect(await textOf(await get("/app/acme/keys"))).not.toContain("ssss");
  });

  it("need a name and a use", async () => {
    const { post, api } = await consoleWorld();
    expect(await textOf(await post("/app/acme/keys", { form: "add", name: "" }))).toContain(
      "Name what the key is for.",
    );
    const useless = await textOf(await post("/app/acme/keys", { form: "add", name: "ci", life: "" }));
    expect(useless).toContain("at least one thing");
    expect(useless).toContain('value="ci"');
    expect(bodyOf(api.seen, "POST /keys")).toBeUndefined();
  });

  it.each(["soon", "1e30", "-1", "31"])("end by the list, and never never by a slip: %s", async (life) => {
    const { post, api } = await consoleWorld();
    const response = await post("/app/acme/keys", { form: "add", name: "ci", life, "scope cache:read": "yes" });
    expect([response.status, await textOf(response)]).toEqual([
      422,
      expect.stringMatching(/id="e-life">Choose one of the list\./),
    ]);
    expect(bodyOf(api.seen, "POST /keys")).toBeUndefined();
  });

  it("that were typed are not given back with a form that failed", async () => {
    const { post } = await consoleWorld();
    const fields = { form: "material", kind: "s3_secret", access_key_id: "", secret_access_key: "very-secret" };
    const html = await textOf(await post("/app/acme/origins", fields));
    expect(html).toContain("Type: Access key id.");
    expect(html).not.toContain("very-secret");
  });

  it("of a second factor are shown once, behind the password", async () => {
    const { post } = await consoleWorld();
    expect(await textOf(await post("/app/account", { form: "set-up", password: "wrong" }))).not.toContain("JBSWY3DP");
    const setup = await textOf(
      await post("/app/account", { form: "set-up", password: "correct horse battery staple" }),
    );
    expect(setup).toContain("JBSWY3DP");
    expect(setup).toContain("a1-b2");
    expect(flashOf(await post("/app/account", { form: "confirm", code: "123456" }))).toContain("is on");
  });
});

describe("an organisation", () => {
  it("is made by whoever has none, and named", async () => {
    const { get, post } = await consoleWorld();
    expect(locationOf(await get("/app", "newcomer"))).toBe("/app/new");
    expect(await textOf(await post("/app/new", { name: "" }, "newcomer"))).toContain("Type the name");
    expect(await textOf(await post("/app/new", { name: "taken" }, "newcomer"))).toContain("Choose another name.");
    expect(locationOf(await post("/app/new", { name: "Acme" }, "newcomer"))).toBe("/app/acme/overview");
  });

  it.each([
    ["Ärger & Söhne GmbH", "", "arger-sohne-gmbh"],
    ["Acme", "acme-eu", "acme-eu"],
    ["--x--", "", "x"],
  ])("called %j, in links %j, has the site %j", async (name, typed, site) => {
    const { post, auth } = await consoleWorld();
    await post("/app/new", { name, site: typed }, "newcomer");
    expect(auth.asked).toEqual([{ action: "createTenant", wish: { name, site } }]);
  });

  it("whose name has no letter of a site is asked for one", async () => {
    const { post, auth } = await consoleWorld();
    expect(await textOf(await post("/app/new", { name: "株式会社" }, "newcomer"))).toContain("Use a to z");
    expect(auth.asked).toEqual([]);
  });

  it("keeps its last owner", async () => {
    const { post } = await consoleWorld();
    const html = await textOf(await post("/app/acme/members", { form: "role", id: "m1", role: "viewer" }));
    expect(html).toContain("An organisation needs an owner.");
  });
});
