import { describe, expect, it } from "vitest";
import { entryKeyOf } from "../../../src/core/entry-key.ts";
import { byGateShard, GATE_SHARDS, gateShardOf, oneShardOf } from "../../../src/core/fills/gate-shards.ts";
import { tenantId } from "../samples.ts";

const keyOf = (name: string, tenant = "acme") => entryKeyOf(tenantId(tenant), name.padEnd(43, "-"));
const KEYS = Array.from({ length: 6_400 }, (_, at) => keyOf(`file-${at}`));

describe("the shards of the gate", () => {
  it("have about as many entries each", () => {
    const sizes = byGateShard(KEYS.map((key) => ({ key }))).map((ours) => ours.length);
    expect(sizes).toHaveLength(GATE_SHARDS);
    expect(Math.min(...sizes)).toBeGreaterThan(50);
    expect(Math.max(...sizes)).toBeLessThan(200);
  });

  it("are told apart by the whole key: nobody piles theirs upon one by an id that they choose", () => {
    const tenants = Array.from({ length: 100 }, (_, at) => gateShardOf(keyOf("same", `tenant-${at}`)));
    expect(new Set(tenants).size).toBeGreaterThan(30);
  });

  it("stay those that they were: with another number the claims under way would be forgotten", () => {
    expect(["one", "two", "three"].map((name) => gateShardOf(keyOf(name)))).toEqual([28, 18, 50]);
  });
});

describe("what is asked of the gate", () => {
  it("is apart for each shard, in its order", () => {
    const asked = KEYS.slice(0, 500).map((key, number) => ({ key, number }));
    const groups = byGateShard(asked);
    expect(groups.flat()).toHaveLength(500);
    for (const group of groups) {
      expect(new Set(group.map(({ key }) => gateShardOf(key))).size).toBe(1);
      expect(group.map(({ number }) => number)).toEqual(group.map(({ number }) => number).toSorted((a, b) => a - b));
    }
    expect(byGateShard([])).toEqual([]);
  });

  it("at once is of one shard", () => {
    const [ours = []] = byGateShard(KEYS.map((key) => ({ key }))).map((group) => group.map(({ key }) => key));
    expect(oneShardOf(ours)).toBe(gateShardOf(ours[0] ?? keyOf("")));
    expect(oneShardOf([])).toBe(0);
    expect(() => oneShardOf(KEYS)).toThrow("these entries are of 64 shards of the gate, not of one");
  });
});
