import { describe, expect, it } from "vitest";
import { requestsOf } from "../../../src/api/schemas/usage.ts";
import { usageCsv } from "../../../src/api/usage-csv.ts";
import { COUNTERS, type Counter } from "../../../src/core/usage/counters.ts";
import type { UsageRow } from "../../../src/core/usage/report.ts";

const counts = (changes: Partial<Record<Counter, number>> = {}) =>
  ({ ...Object.fromEntries(COUNTERS.map((name) => [name, 0])), ...changes }) as Record<Counter, number>;
const PERIOD = Date.UTC(2026, 10, 21, 13);
const lines = (csv: string) => csv.trimEnd().split("\r\n");

describe("usage as CSV", () => {
  it("has a line of names and one for each row", () => {
    const [head = "", line = "", ...more] = lines(usageCsv([{ period: PERIOD, counts: counts({ hits: 3 }) }], "none"));
    expect(head).toBe(["period", "requests", ...COUNTERS].join(","));
    expect(line.startsWith("2026-11-21T13:00:00.000Z,3,3,0,")).toBe(true);
    expect(line.split(",")).toHaveLength(head.split(",").length);
    expect(more).toEqual([]);
  });

  it("has names alone where nothing was used", () => {
    expect(lines(usageCsv([], "none"))).toHaveLength(1);
  });

  it.each<[string, Partial<UsageRow>, "origin" | "key", string]>([
    ["an origin", { origin: { id: 7, url: "https://a.example/" } }, "origin", "7,https://a.example/,"],
    ["an origin that is gone", { origin: { id: 7, url: null } }, "origin", "7,,"],
    ["no origin", { origin: null }, "origin", ",,"],
    ["a key", { key: "movie" }, "key", "movie,"],
    ["a key with a comma and quotes", { key: 'a,"b"' }, "key", '"a,""b""",'],
    ["a key with a line's end", { key: "a\nb" }, "key", '"a\nb",'],
    ["a key that a spreadsheet would compute", { key: "=1+1" }, "key", "'=1+1,"],
    ["another of those", { key: "@a" }, "key", "'@a,"],
    ["no key", { key: null }, "key", ","],
  ])("tells of %s", (_, named, group, text) => {
    const csv = usageCsv([{ period: PERIOD, counts: counts(), ...named }], group);
    expect(csv.slice(csv.indexOf("\r\n") + 2)).toMatch(new RegExp(`^2026-11-21T13:00:00\\.000Z,${escaped(text)}`));
  });
});

describe("requests", () => {
  it("are hits, misses, bypasses and refusals, and no link that leads away twice", () => {
    const each = counts({
      hits: 1,
      misses: 2,
      bypass_ended: 4,
      refused_url: 8,
      bypass_lost: 16,
      deliveries: 32,
      purges: 64,
    });
    expect(requestsOf({ counts: each })).toBe(15);
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
