import { describe, expect, it } from "vitest";
import { ORIGIN_TARIFFS } from "../../src/core/pricing/origin-tariffs.ts";
import { consoleWorld } from "./fakes/console-world.ts";
import { fakeApi } from "./fakes/fake-api.ts";
import { flashOf, locationOf, textOf } from "./reading.ts";

const HERE = "/app/acme/origins";
const sent = (seen: readonly { method: string; path: string; body: unknown }[]) =>
  seen.filter(({ method }) => method === "PATCH").map(({ path, body }) => [path, body]);

describe("the prices of an origin", () => {
  it("are shown with where they come from", async () => {
    const html = await textOf(await (await consoleWorld()).get(HERE));
    expect(html).toContain("Amazon S3, US, Canada, Europe");
    expect(html).toContain("by its host");
    expect(html).toContain("$0.0873 a GB");
    expect(html).toContain("No savings are claimed for it.");
  });

  it("that its host suggests without being sure are called a guess, and tiers are not called one price", async () => {
    const api = fakeApi();
    const [first, second] = api.data.origins;
    if (first?.priced_by) first.priced_by.certain = false;
    if (second?.prices?.own) second.prices.own.per_gb = [{ up_to_gb: null, per_gb: "0.05" }];
    const html = await textOf(await (await consoleWorld({}, api)).get(HERE));
    expect(html).toContain("a guess by its host");
    expect(html).toContain("by tiers of a month");
  });

  it("are any of the tables, by provider, and what is in force is chosen already", async () => {
    const { get } = await consoleWorld();
    const list = await textOf(await get(HERE));
    expect(list).toContain(`href="${HERE}?prices=2#prices"`);
    expect(list).not.toContain('name="prices"');
    const html = await textOf(await get(`${HERE}?prices=2`));
    expect(html.match(/name="prices"/g)).toHaveLength(1);
    const [select = ""] = /<select id="f-prices".*?<\/select>/s.exec(html) ?? [];
    for (const { id } of ORIGIN_TARIFFS) expect(select).toContain(`value="${id}"`);
    expect(select).toContain('<optgroup label="Amazon S3"');
    expect(select).toMatch(/<option value="own" selected/);
  });

  it.each<[Record<string, string>, unknown]>([
    [{ prices: "" }, null],
    [{ prices: "s3/tokyo-osaka", per_gb: "no price" }, { table: "s3/tokyo-osaka" }],
    [
      { prices: "own", per_gb: "0.0873", per_million: "", gb: "decimal" },
      { own: { per_gb: "0.0873", per_million_requests: "0", gb: "decimal" } },
    ],
    [
      { prices: "own", per_gb: "0.05", per_million: "0.4", gb: "x" },
      { own: { per_gb: "0.05", per_million_requests: "0.4", gb: "binary" } },
    ],
  ])("are set: %j", async (fields, prices) => {
    const { post, api } = await consoleWorld();
    const response = await post(HERE, { form: "prices", id: "2", ...fields });
    expect([locationOf(response), flashOf(response)]).toEqual([HERE, expect.stringContaining("prices are set")]);
    expect(sent(api.seen)).toEqual([["/origins/2", { prices }]]);
  });

  it("that are none are told at the field, of that origin alone, and what was typed stays", async () => {
    const { post, api } = await consoleWorld();
    const response = await post(HERE, { form: "prices", id: "2", prices: "own", per_gb: "9 cents", per_million: "-1" });
    const html = await textOf(response);
    expect([response.status, sent(api.seen)]).toEqual([422, []]);
    expect(html).toMatch(/id="e-per_gb">A price in dollars, such as 0\.0873\./);
    expect(html).toMatch(/id="e-per_million">A price in dollars/);
    expect(html).toContain('value="9 cents"');
    expect(html.match(/name="prices"/g)).toHaveLength(1);
  });

  it("that the API refuses are told with its words", async () => {
    const { post, api } = await consoleWorld();
    api.answerWith("PATCH /origins/3", 400, "INVALID_FIELD", "prices.table: the id of a price table.");
    const html = await textOf(await post(HERE, { form: "prices", id: "3", prices: "of/yesterday" }));
    expect(html).toMatch(/id="e-prices">The id of a price table\./);
  });

  it("are for those to change who may change settings, and for all to see", async () => {
    const { get, post, api } = await consoleWorld();
    const html = await textOf(await get(`${HERE}?prices=2`, "viewer"));
    expect(html).toContain("Amazon S3, US, Canada, Europe");
    expect(html).not.toContain('name="prices"');
    expect((await post(HERE, { form: "prices", id: "2", prices: "" }, "viewer")).status).toBe(403);
    expect(sent(api.seen)).toEqual([]);
  });
});

describe("what has no price", () => {
  it("is told of on the overview, where prices are chosen", async () => {
    const html = await textOf(await (await consoleWorld()).get("/app/acme/overview"));
    expect(html).toContain("5.00 GB went out for origins without a price");
    expect(html).toContain(`<a href="${HERE}">Choose a price table`);
  });

  it("is not told of where there is nothing of the kind", async () => {
    const api = fakeApi();
    for (const { days } of api.data.savings.months) for (const day of days) day.bytes_without_price = "0";
    const html = await textOf(await (await consoleWorld({}, api)).get("/app/acme/overview"));
    expect(html).not.toContain("without a price");
  });
});

describe("the operator's page of usage", () => {
  it("has what all tenants together have saved", async () => {
    const { get, api } = await consoleWorld();
    const html = await textOf(await get("/operator/usage", "operator"));
    expect(api.seen.map(({ path }) => path)).toContain("/savings/all");
    expect(html).toContain("Savings in 30 days");
    expect(html).toContain("5.00 GB had no price");
  });

  it("has usage though nobody can say what was saved", async () => {
    const { get, api } = await consoleWorld();
    api.answerWith("GET /savings/all", 503, "UNAVAILABLE", "x");
    const html = await textOf(await get("/operator/usage", "operator"));
    expect(html).toContain("Requests by day");
    expect(html).toContain("The savings cannot be shown at the moment");
  });
});
