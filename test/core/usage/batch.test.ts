import { describe, expect, it } from "vitest";
import { BATCH_BYTES, splitCells, type UsageBatch } from "../../../src/core/usage/batch.ts";
import { COUNTERS } from "../../../src/core/usage/counters.ts";
import { parseUsageMessage } from "../../../src/core/usage/usage-message.ts";
import { newKey } from "../../contracts/keys.ts";
import { batchOf, cellOf } from "../../contracts/usage-batches.ts";
import { NOON, tenantId } from "../samples.ts";

const FULL = Object.fromEntries(COUNTERS.map((name) => [name, Number.MAX_SAFE_INTEGER]));

describe("cells", () => {
  it("of one second fit one batch", () => {
    const cells = Array.from({ length: 400 }, () => cellOf(newKey(), NOON, { hits: 1 }));
    expect(splitCells(cells)).toEqual([cells]);
  });

  it("that are none are no batch", () => {
    expect(splitCells([])).toEqual([]);
  });

  it.each([
    ["each of which is as large as can be", "tenant", FULL],
    ["of a tenant whose id is no ASCII", "каталог-".repeat(8), { hits: 1 }],
  ])("%s are split so that each batch fits a message of 128,000 bytes", (_, tenant, counts) => {
    const cells = Array.from({ length: 3000 }, () => cellOf(newKey(tenantId(tenant)), NOON, counts));
    const groups = splitCells(cells);
    expect(groups.flat()).toEqual(cells);
    for (const group of groups) {
      const bytes = new TextEncoder().encode(JSON.stringify(batchOf(group, NOON))).length;
      expect(bytes).toBeLessThan(128_000);
    }
    expect(groups.length).toBeLessThanOrEqual(1 + Math.ceil(JSON.stringify(cells).length / (BATCH_BYTES / 3)));
  });
});

describe("a message", () => {
  const batch: UsageBatch = batchOf([cellOf(newKey(), NOON, FULL, 7), cellOf(tenantId("acme"), NOON, {})], NOON);

  it("is read as it was sent", () => {
    expect(parseUsageMessage(JSON.parse(JSON.stringify(batch)))).toEqual(batch);
  });

  it.each(Object.keys(batch))("is none without %s", (name) => {
    expect(parseUsageMessage({ ...batch, [name]: undefined })).toBeNull();
  });

  it.each<[string, object]>([
    ["of another version", { version: 2 }],
    ["whose id is none", { id: "1" }],
    ["that counts backwards", { cells: [cellOf(newKey(), NOON, { hits: -1 })] }],
    ["that counts parts", { cells: [cellOf(newKey(), NOON, { hits: 0.5 })] }],
    [
      "that counts what nobody knows",
      { cells: [{ ...cellOf(newKey(), NOON, {}), counts: { "hits; drop table": 1 } }] },
    ],
    ["whose tenant is nobody", { cells: [cellOf(tenantId(""), NOON, {})] }],
  ])("%s is none", (_, changes) => {
    expect(parseUsageMessage({ ...batch, ...changes })).toBeNull();
  });

  it.each([null, "text", 7, [], {}])("is not %j", (body) => {
    expect(parseUsageMessage(body)).toBeNull();
  });
});
