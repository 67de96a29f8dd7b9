import { describe, expect, it } from "vitest";
import {
  givenPrices,
  type OriginPrices,
  originPricesSchema,
  pricesInForce,
  pricesOfRules,
} from "../../../src/core/pricing/origin-prices.ts";
import { GB } from "../../../src/core/pricing/origin-tariff.ts";
import { ORIGIN_TARIFFS } from "../../../src/core/pricing/origin-tariffs.ts";
import { ownPricesSchema } from "../../../src/core/pricing/own-prices.ts";
import { DAY } from "./price-samples.ts";

const own = (prices: unknown): OriginPrices => ({ own: ownPricesSchema.parse(prices) });
const EUROPE = "media.s3.eu-west-1.amazonaws.com";

describe("prices that somebody gives for an origin", () => {
  it.each([
    [{ table: "s3/us-europe" }, { table: "s3/us-europe" }],
    [{ own: { per_gb: "0.0873" } }, { own: { per_gb: "0.0873", per_million_requests: "0", gb: "binary" } }],
  ])("are a table or their own: %j", (given, kept) => {
    expect(givenPrices(originPricesSchema.parse(given))).toEqual(kept);
  });

  it.each([
    [{}, ""],
    [{ table: "s3/us-europe", own: { per_gb: "1" } }, ""],
    [{ table: "s3/atlantis" }, "table"],
    [{ table: "" }, "table"],
    [{ own: {} }, "own.per_gb"],
    [{ own: { per_gb: "free" } }, "own.per_gb"],
    [{ own: { per_gb: "1", per_million_requests: "-1" } }, "own.per_million_requests"],
    [{ tariff: "s3/us-europe" }, ""],
  ])("are refused, by the field that is wrong: %j", (given, field) => {
    const { error } = originPricesSchema.safeParse(given);
    expect(error?.issues[0]?.path.join(".")).toBe(field);
  });

  it.each([null, "s3/us-europe", [], 0.09])("are no %j", (given) => {
    expect(originPricesSchema.safeParse(given).success).toBe(false);
  });
});

describe("what an origin's traffic is put into money by", () => {
  it("is what was chosen, what was entered, or what its host suggests", () => {
    const host = "files.example.com";
    expect(pricesInForce({ host, prices: { table: "s3/tokyo-osaka" } }, [])).toMatchObject({
      ...{ table: "s3/tokyo-osaka", certain: true },
    });
    expect(pricesInForce({ host, prices: own({ per_gb: "1" }) }, [])).toMatchObject({ table: "own", certain: true });
    expect(pricesInForce({ host: EUROPE, prices: null }, [])).toMatchObject({ table: "s3/us-europe", certain: true });
    expect(pricesInForce({ host: "media.s3.amazonaws.com", prices: null }, [])).toMatchObject({ certain: false });
  });

  it("is nothing where nobody has chosen anything for a host that is no provider's", () => {
    expect(pricesInForce({ host: "files.example.com", prices: null }, [])).toBeNull();
    expect(pricesInForce({ host: "files.example.com", prices: { table: "of/yesterday" } }, [])).toBeNull();
  });

  it("is what a CNAME stands for", () => {
    const cnames = [{ host: "files.example.com", bucket: "gs:media" }];
    expect(pricesInForce({ host: "files.example.com", prices: null }, cnames)).toMatchObject({
      table: "gcs/worldwide",
    });
  });
});

describe("the price tables of a tenant's rules", () => {
  const rule = (id: number, prices: OriginPrices | null = null, host = "files.example.com") => ({ id, host, prices });
  const idOf = (rules: Parameters<typeof pricesOfRules>[0], name: string) => pricesOfRules(rules, [])(name, DAY)?.id;

  it("are found by the rules' ids, and there is none for traffic of no rule", () => {
    const rules = [rule(7, { table: "s3/us-europe" }), rule(8), rule(9, null, EUROPE)];
    expect(["7", "8", "9", "none", "10"].map((name) => idOf(rules, name))).toEqual([
      ...["s3/us-europe", undefined, "s3/us-europe", undefined, undefined],
    ]);
  });

  it("are one where two rules have the same prices of the tenant's own, whatever order they were kept in", () => {
    const first = own({ per_gb: [{ up_to_gb: null, per_gb: "0.05" }], gb: "decimal" });
    const again: OriginPrices = {
      own: { gb: "decimal", per_million_requests: "0", per_gb: [{ per_gb: "0.05", up_to_gb: null }] },
    };
    const rules = [rule(9, again), rule(7, first), rule(8, own({ per_gb: "0.05" }))];
    expect(["7", "8", "9"].map((name) => idOf(rules, name))).toEqual(["own/7", "own/8", "own/7"]);
    expect(pricesOfRules(rules, [])("9", DAY)?.transfer.unit).toBe(GB);
  });

  it("are those of the day", () => {
    for (const { id } of ORIGIN_TARIFFS) {
      const find = pricesOfRules([rule(1, { table: id })], []);
      expect(find("1", DAY)?.id).toBe(id);
      expect((find("1", DAY)?.from ?? "9") <= DAY).toBe(true);
    }
  });
});
