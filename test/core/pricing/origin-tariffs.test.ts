import { describe, expect, it } from "vitest";
import { total } from "../../../src/core/pricing/meter.ts";
import { dollars } from "../../../src/core/pricing/money.ts";
import { GIB } from "../../../src/core/pricing/origin-tariff.ts";
import { ORIGIN_TARIFFS, originTariff, tariffId } from "../../../src/core/pricing/origin-tariffs.ts";
import { inForce } from "../../../src/core/pricing/source.ts";
import { DAY, flatTariff, tariff } from "./price-samples.ts";

const ISO_DAY = /^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const PAGES: Readonly<Record<string, RegExp>> = {
  s3: /^https:\/\/aws\.amazon\.com\//,
  cloudfront: /^https:\/\/aws\.amazon\.com\//,
  gcs: /^https:\/\/cloud\.google\.com\//,
  azure: /^https:\/\/azure\.microsoft\.com\//,
  r2: /^https:\/\/developers\.cloudflare\.com\//,
};

const METERS = ORIGIN_TARIFFS.flatMap(({ id, from, transfer, requests }) => [
  [`${id} of ${from}, transfer`, transfer] as const,
  [`${id} of ${from}, requests`, requests] as const,
]);

describe("a price table", () => {
  it.each(METERS)("%s has tiers that ascend, without a gap, the last without an end", (_, { unit, tiers }) => {
    expect(unit).toBeGreaterThan(0n);
    const ends = tiers.map(({ upTo }) => upTo);
    expect(ends.at(-1)).toBeNull();
    const others = ends.slice(0, -1).map((end) => end ?? 0n);
    expect(others.every((end, at) => end > (others[at - 1] ?? 0n))).toBe(true);
  });

  it.each(METERS)("%s has prices that fall behind what is free, and none below nothing", (_, { tiers }) => {
    const prices = tiers.map(({ price }) => price);
    const paid = prices[0] === 0n ? prices.slice(1) : prices;
    expect(prices.every((price) => price >= 0n)).toBe(true);
    expect(paid.every((price, at) => at === 0 || price <= (paid[at - 1] ?? 0n))).toBe(true);
  });

  it.each(ORIGIN_TARIFFS)("$id says where its figures come from, when they were read and what is open", (table) => {
    expect(table.sources.length).toBeGreaterThan(0);
    for (const { page, readOn, asOf, currency, note } of table.sources) {
      expect(page).toMatch(PAGES[table.provider] ?? /^$/);
      expect([readOn, asOf, table.from].filter((day) => !ISO_DAY.test(day))).toEqual([]);
      expect(asOf <= readOn).toBe(true);
      expect(currency).toBe("USD");
      expect(note.length).toBeGreaterThan(40);
    }
  });

  it("whose figures are not all confirmed says which", () => {
    const open = ORIGIN_TARIFFS.flatMap(({ sources }) => sources).filter(({ confirmed }) => !confirmed);
    expect(open.length).toBeGreaterThan(0);
    expect(open.filter(({ note }) => !/undated|confirmed/.test(note))).toEqual([]);
  });

  it("is there once for an id and a day, and a region stands in one table of its provider", () => {
    const versions = ORIGIN_TARIFFS.map(({ id, from }) => `${id} ${from}`);
    expect(new Set(versions).size).toBe(versions.length);
    const regions = ORIGIN_TARIFFS.flatMap(({ provider, from, regions: names }) =>
      names.map((name) => [provider, from, name]),
    );
    expect(new Set(regions.map(String)).size).toBe(regions.length);
  });

  it.each([
    ["s3/us-europe", "0.09", "0.0004"],
    ["s3/sao-paulo", "0.15", "0.00056"],
    ["s3/mumbai", "0.1093", "0.0004"],
    ["s3/cape-town", "0.154", "0.0004"],
    ["cloudfront/europe", "0.085", "0.0012"],
    ["gcs/worldwide", "0.12", "0.0004"],
    ["gcs/china", "0.23", "0.0004"],
    ["azure/zone-1", "0.087", "0.00044"],
    ["azure/zone-3", "0.181", "0.00044"],
    ["r2", "0", "0.00036"],
  ])("%s asks %s for its first GB that is not free, and %s for 1,000 requests", (id, perGb, thousand) => {
    const { transfer, requests } = tariff(id);
    expect(transfer.tiers.find(({ price }) => price > 0n)?.price ?? 0n).toBe(dollars(perGb));
    const paid = requests.tiers.at(-1);
    expect(((paid?.price ?? 0n) * 1000n) / requests.unit).toBe(dollars(thousand));
  });

  it.each([
    // 100 GB are free; then 0.09 up to 10 TB, 0.085 up to 50, 0.07 up to 150, 0.05.
    ["s3/us-europe", 100n, "0"],
    ["s3/us-europe", 101n, "0.09"],
    ["s3/us-europe", 1024n, "83.16"],
    ["s3/us-europe", 10_240n, "912.6"],
    ["s3/us-europe", 51_200n, "4394.2"],
    ["s3/us-europe", 153_600n, "11562.2"],
    ["s3/us-europe", 1_048_576n, "56311"],
    ["gcs/worldwide", 10_240n, "1228.8"],
    ["gcs/worldwide", 153_600n, "16998.4"],
    ["azure/zone-1", 10_335n, "890.445"],
    ["cloudfront/us", 1024n, "0"],
    ["cloudfront/us", 10_240n, "783.36"],
    ["r2", 1_048_576n, "0"],
  ])("%s asks for a month of %s GB $%s", (id, gb, cost) => {
    expect(total(tariff(id).transfer, gb * GIB)).toBe(dollars(cost));
  });
});

describe("the table for a provider and a region", () => {
  it.each([
    ["s3", "eu-central-1", "s3/us-europe"],
    ["s3", "ap-northeast-3", "s3/tokyo-osaka"],
    ["s3", "sa-east-1", "s3/sao-paulo"],
    ["s3", null, "s3/us-europe"],
    ["azure", "southeastasia", "azure/zone-2"],
    ["azure", "uksouth", "azure/zone-1"],
    ["gcs", null, "gcs/worldwide"],
    ["gcs", "europe-west1", "gcs/worldwide"],
    ["cloudfront", null, "cloudfront/us"],
    ["r2", "auto", "r2"],
  ] as const)("%s, %s is %s", (provider, region, id) => {
    expect(tariffId(provider, region)).toBe(id);
  });

  it.each([
    ["s3", "cn-north-1"],
    ["s3", "us-gov-west-1"],
    ["azure", "chinaeast"],
    ["own", null],
  ] as const)("%s, %s is in no table, and nothing is guessed", (provider, region) => {
    expect(tariffId(provider, region)).toBeNull();
  });
});

describe("prices that change", () => {
  const old = { ...flatTariff("0.09"), id: "host", from: "2026-01-01" };
  const next = { ...flatTariff("0.08"), id: "host", from: "2026-07-15" };

  it.each([
    ["2025-12-31", old],
    ["2026-01-01", old],
    ["2026-07-14", old],
    ["2026-07-15", next],
    ["2030-01-01", next],
  ])("hold from their day on: %s", (day, expected) => {
    expect(inForce([next, old], "host", day)).toBe(expected);
  });

  it("leave out what has another id", () => {
    expect(inForce([old, next], "elsewhere", DAY)).toBeNull();
    expect(originTariff("s3/atlantis", DAY)).toBeNull();
  });
});
