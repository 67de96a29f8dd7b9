import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sumOf, total } from "../../../src/core/pricing/meter.ts";
import { dollars } from "../../../src/core/pricing/money.ts";
import { originCharge } from "../../../src/core/pricing/origin-charge.ts";
import { originPricesSchema } from "../../../src/core/pricing/origin-prices.ts";
import { GB, GIB } from "../../../src/core/pricing/origin-tariff.ts";
import { ownPricesSchema, ownTariff } from "../../../src/core/pricing/own-prices.ts";

const NONE = { bytes: 0n, requests: 0n };
const own = (prices: unknown, id?: string) => ownTariff(ownPricesSchema.parse(prices), id);

describe("a tenant's own prices", () => {
  it("are one price for all bytes, with requests for nothing, where no more is said", () => {
    const charged = originCharge(own({ per_gb: "0.0873" }), NONE, { bytes: 1000n * GIB, requests: 5n });
    expect(charged.amount).toBe(dollars("87.3"));
    expect(sumOf(charged.requests)).toBe(0n);
  });

  it("have tiers of a month", () => {
    const { transfer } = own({
      per_gb: [
        { up_to_gb: 10, per_gb: "0.1" },
        { up_to_gb: null, per_gb: "0.0333" },
      ],
    });
    expect(total(transfer, 10n * GIB)).toBe(dollars("1"));
    expect(total(transfer, 13n * GIB)).toBe(dollars("1.0999"));
  });

  it("count a GB as the contract does", () => {
    expect(total(own({ per_gb: "0.05" }).transfer, GIB)).toBe(dollars("0.05"));
    expect(total(own({ per_gb: "0.05", gb: "decimal" }).transfer, GB)).toBe(dollars("0.05"));
  });

  it("have a price for requests", () => {
    const { requests } = own({ per_gb: "0", per_million_requests: "0.4" });
    expect(total(requests, 2_500_000n)).toBe(dollars("1"));
  });

  it("share the tiers of a month where they are given the same id", () => {
    expect([own({ per_gb: "1" }).id, own({ per_gb: "1" }, "own/7").id]).toEqual(["own", "own/7"]);
  });

  it.each([
    [{}],
    [{ per_gb: 0.09 }],
    [{ per_gb: "-0.09" }],
    [{ per_gb: "9e-2" }],
    [{ per_gb: "" }],
    [{ per_gb: "0.0000000001" }],
    [{ per_gb: "0.09", currency: "EUR" }],
    [{ per_gb: "0.09", gb: "GB" }],
    [{ per_gb: "0.09", per_million_requests: "free" }],
    [{ per_gb: [] }],
    [{ per_gb: [{ up_to_gb: 10, per_gb: "0.1" }] }],
    [
      {
        per_gb: [
          { up_to_gb: null, per_gb: "0.1" },
          { up_to_gb: 10, per_gb: "0.1" },
        ],
      },
    ],
    [
      {
        per_gb: [
          { up_to_gb: null, per_gb: "0.1" },
          { up_to_gb: null, per_gb: "0.1" },
        ],
      },
    ],
    [
      {
        per_gb: [
          { up_to_gb: 10, per_gb: "0.1" },
          { up_to_gb: 10, per_gb: "0.1" },
          { up_to_gb: null, per_gb: "0" },
        ],
      },
    ],
    [
      {
        per_gb: [
          { up_to_gb: 20, per_gb: "0.1" },
          { up_to_gb: 10, per_gb: "0.1" },
          { up_to_gb: null, per_gb: "0" },
        ],
      },
    ],
    [
      {
        per_gb: [
          { up_to_gb: 0, per_gb: "0.1" },
          { up_to_gb: null, per_gb: "0" },
        ],
      },
    ],
    [
      {
        per_gb: [
          { up_to_gb: 1.5, per_gb: "0.1" },
          { up_to_gb: null, per_gb: "0" },
        ],
      },
    ],
    [{ per_gb: Array.from({ length: 11 }, (_, at) => ({ up_to_gb: at < 10 ? at + 1 : null, per_gb: "0.1" })) }],
  ])("are not %j", (prices) => {
    expect(ownPricesSchema.safeParse(prices).success).toBe(false);
  });

  it("are what the document shows", () => {
    const text = readFileSync(new URL("../../../docs/savings.md", import.meta.url), "utf8");
    const examples = [...text.matchAll(/^\{.*\}$/gm)].map(([line]) => JSON.parse(line));
    expect(examples.length).toBe(3);
    expect(examples.filter(({ prices }) => !originPricesSchema.safeParse(prices).success)).toEqual([]);
  });
});
