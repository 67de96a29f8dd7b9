import { describe, expect, it } from "vitest";
import { activityOf, everyPeriod, type UsageRow } from "../../src/console/api/usage.ts";
import { consoleWorld } from "./fakes/console-world.ts";
import { fakeApi } from "./fakes/fake-api.ts";
import { sampleSavings, sampleUsage } from "./fakes/sample-usage.ts";
import { textOf } from "./reading.ts";

const row = (period: string, more: Partial<UsageRow> = {}): UsageRow => ({
  ...{ period, requests: 0, hits: 0, misses: 0, bypasses: {}, refusals: {}, fills: 0, failed_fills: 0 },
  ...{ delivered_bytes: 0, assumed_bytes: 0, passed_bytes: 0, origin_bytes: 0 },
  ...more,
});

describe("usage", () => {
  it("is shown for every period, for those without any, too", () => {
    const known = row("2026-11-21T02:00:00.000Z", { hits: 5 });
    const span = { from: "2026-11-21T00:00:00Z", to: "2026-11-21T03:10:00Z", rows: [known], cursor: null };
    const all = everyPeriod(span, "hour");
    expect(all.map(({ period, hits }) => [period.slice(11, 13), hits])).toEqual([
      ["00", 0],
      ["01", 0],
      ["02", 5],
      ["03", 0],
    ]);
  });

  it.each([
    ["day" as const, "2026-02-27T00:00:00Z", "2026-03-02T00:00:00Z", 3],
    ["month" as const, "2025-11-01T00:00:00Z", "2026-03-15T00:00:00Z", 5],
    ["hour" as const, "2026-03-29T00:00:00Z", "2026-03-30T00:00:00Z", 24],
  ])("by %s from %s to %s has %i periods", (by, from, to, periods) => {
    expect(everyPeriod({ from, to, rows: [], cursor: null }, by)).toHaveLength(periods);
  });

  it("counts a link whose copy was lost once, as the hit that it was", () => {
    const lost = row("2026-11-21T00:00:00Z", { requests: 12, hits: 10, misses: 1, bypasses: { lost: 3, bound: 1 } });
    expect(activityOf([lost, lost])).toMatchObject({ requests: 24, hits: 20, misses: 2, bypassed: 2 });
  });

  it("adds up what went out, whichever way it went", () => {
    const mixed = row("2026-11-21T00:00:00Z", {
      delivered_bytes: 1,
      assumed_bytes: 20,
      passed_bytes: 300,
      origin_bytes: 7,
    });
    expect(activityOf([mixed])).toMatchObject({ deliveredBytes: 321, originBytes: 7 });
  });

  it("of nothing at all says what to do, on every page that would show it", async () => {
    const api = fakeApi();
    for (const rows of Object.values(api.data.usage)) rows.length = 0;
    const { get } = await consoleWorld({}, api);
    expect(await textOf(await get("/app/acme/overview"))).toContain("Nothing has been downloaded yet");
    expect(await textOf(await get("/app/acme/usage"))).toContain("appears here within 10 seconds");
  });
});

describe("the tables of usage", () => {
  it("say which period is shown", async () => {
    const { get } = await consoleWorld();
    const current = async (query: string) =>
      [...(await textOf(await get(`/app/acme/usage${query}`))).matchAll(/aria-current="true">By (\w+)</g)].map(
        ([, by]) => by,
      );
    expect(await current("")).toEqual(["day"]);
    expect(await current("?by=hour")).toEqual(["hour"]);
    expect(await current("?by=century")).toEqual(["day"]);
  });

  it("have an origin's month beside its address", async () => {
    const html = await textOf(await (await consoleWorld()).get("/app/acme/usage"));
    const [, origins = ""] = html.split('id="origins"');
    expect(origins).toMatch(/>https:\/\/media\.s3\.eu-west-1\.amazonaws\.com\/<\/th><td[^>]*><span[^>]*>2026-11</);
  });

  it("have whole cents in every line of the ledger", async () => {
    const html = await textOf(await (await consoleWorld()).get("/app/acme/usage"));
    const [, ledger = ""] = html.split('id="ledger"');
    const amounts = [...ledger.matchAll(/>(−?\$[\d.,]+)</g)].map(([, amount]) => amount);
    expect(amounts.length).toBeGreaterThan(100);
    for (const amount of amounts) expect(amount).toMatch(/\.\d\d$/);
  });
});

describe("a page of which a part cannot be shown", () => {
  it.each([
    ["GET /usage", "Usage cannot be shown"],
    ["GET /savings", "The savings cannot be shown"],
  ])("%s missing leaves the others standing", async (call, words) => {
    const { get, api } = await consoleWorld();
    api.answerWith(call, 503, "UNAVAILABLE", "x");
    const response = await get("/app/acme/overview");
    const html = await textOf(response);
    expect([response.status, html]).toEqual([200, expect.stringContaining(words)]);
    expect(html.match(/class="chart-place"/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it("for whose answer somebody has to sign in again is none", async () => {
    const { get, api } = await consoleWorld();
    api.answerWith("GET /usage", 401, "UNAUTHORIZED", "Sign in.");
    expect((await get("/app/acme/overview")).status).toBe(401);
  });
});

describe("the ledger", () => {
  it("is shown row by row, and its last line is the exact sum", async () => {
    const { get } = await consoleWorld();
    const html = await textOf(await get("/app/acme/usage"));
    const nano = (text: string) => BigInt(text.replace(".", ""));
    const days = sampleSavings().months.flatMap((month) => month.days);
    const cents = (name: "would_have_paid" | "paid_to_origin" | "paid_to_platform") =>
      (days.reduce((all, day) => all + nano(day[name]), 0n) + 5_000_000n) / 10_000_000n;
    const saved = cents("would_have_paid") - cents("paid_to_origin") - cents("paid_to_platform");
    const total = `$${saved / 100n}.${String(saved % 100n).padStart(2, "0")}`;
    expect(html.split("<tfoot>")[1]).toContain(`>${total}</td>`);
  });

  it("and usage come as CSV with all their pages, and one line of names", async () => {
    const { get, api } = await consoleWorld();
    const pages = ["period,hits\na,1\n", "period,hits\nb,2\n", "period,hits\nc,3\n"];
    let asked = 0;
    const plain = api.ask;
    const ask = async (request: Request) => {
      if (request.headers.get("Accept") !== "text/csv") return await plain(request);
      const url = new URL(request.url);
      expect(url.searchParams.get("cursor")).toBe(asked === 0 ? null : String(asked));
      asked += 1;
      const link = asked < pages.length ? { Link: `</usage?by=hour&cursor=${asked}>; rel="next"` } : {};
      return new Response(pages[asked - 1], { headers: { "Content-Type": "text/csv", ...link } as HeadersInit });
    };
    const world = await consoleWorld({ askApi: ask });
    const response = await world.get("/app/acme/usage/export?what=usage&by=hour");
    expect(await response.text()).toBe("period,hits\na,1\nb,2\nc,3\n");
    expect(response.headers.get("Content-Disposition")).toBe('attachment; filename="snapbyte-usage-2026-11-21.csv"');
    expect((await get("/app/acme/usage/export?what=savings", null)).status).toBe(303);
  });

  it("has days of which the sample adds up", () => {
    const nano = (text: string) => BigInt(text.replace(".", ""));
    for (const { days } of sampleSavings().months) {
      for (const { would_have_paid, paid_to_origin, paid_to_platform, saved } of days) {
        expect(nano(would_have_paid) - nano(paid_to_origin) - nano(paid_to_platform)).toBe(nano(saved));
      }
    }
    expect(sampleUsage().hour).toHaveLength(24);
  });
});
