import { describe, expect, it } from "vitest";
import { cachedCopyName, cacheTags, entryTag, tenantTag } from "../../src/core/cached-copy.ts";
import { entryKey, entryKeyOf } from "../../src/core/entry-key.ts";
import {
  isRevoked,
  NOTHING_WITHDRAWN,
  notePurges,
  PURGE_SHARDS,
  purgeShard,
  revokeLinks,
} from "../../src/core/withdrawals.ts";
import { tenantId } from "./samples.ts";

const ACME = tenantId("acme");
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const keyFrom = (letter: string) => entryKeyOf(ACME, letter.padEnd(43, "x"));

describe("a shard", () => {
  it("is one of 64, another for each first character", () => {
    const shards = [...ALPHABET].map((letter) => purgeShard(keyFrom(letter)));
    expect(shards).toEqual(Array.from({ length: PURGE_SHARDS }, (_, at) => at));
  });

  it("is the first for an id that is no digest", () => {
    expect([purgeShard({ id: "" }), purgeShard({ id: "%" })]).toEqual([0, 0]);
  });

  it("has about as many entries as every other", async () => {
    const counts = new Array<number>(PURGE_SHARDS).fill(0);
    const keys = Array.from({ length: 6400 }, (_, at) => entryKey(ACME, { by: "custom", key: `file-${at}` }));
    for (const key of await Promise.all(keys)) counts[purgeShard(key)] = (counts[purgeShard(key)] ?? 0) + 1;
    expect(Math.min(...counts)).toBeGreaterThan(50);
    expect(Math.max(...counts)).toBeLessThan(160);
  });
});

describe("a link", () => {
  it.each([
    [0, 0, false],
    [0, 1, true],
    [1, 1, false],
    [1, 2, true],
    [2, 1, false],
  ])("of epoch %s, where %s is the present one, is revoked: %s", (epoch, present, revoked) => {
    expect(isRevoked({ epoch }, { ...NOTHING_WITHDRAWN, epoch: present })).toBe(revoked);
  });

  it("is revoked by any revocation after it, and by none before", () => {
    const first = revokeLinks(NOTHING_WITHDRAWN);
    const link = { epoch: first.epoch };
    expect(isRevoked(link, first)).toBe(false);
    expect(isRevoked(link, notePurges(first, [1]))).toBe(false);
    expect(isRevoked(link, revokeLinks(first))).toBe(true);
    expect(isRevoked(link, revokeLinks(revokeLinks(first)))).toBe(true);
  });
});

describe("the name of a cached copy", () => {
  const key = keyFrom("B");
  const name = (generation = "g1", withdrawals = NOTHING_WITHDRAWN, of = key) =>
    cachedCopyName(of, generation, withdrawals);

  it("holds tenant, entry, generation and the number of the shard's last purge", () => {
    expect(name()).toBe(`acme/${key.id}/g1/0`);
    expect(name("g1", notePurges(NOTHING_WITHDRAWN, [1]))).toBe(`acme/${key.id}/g1/1`);
  });

  it("changes with a refill and with a purge of its shard, and never comes back", () => {
    const names = new Set<string>();
    let withdrawals = NOTHING_WITHDRAWN;
    for (let purge = 0; purge < 10; purge++) {
      for (const generation of ["g1", "g2", "store.g1"]) names.add(name(generation, withdrawals));
      withdrawals = notePurges(withdrawals, [purgeShard(key)]);
    }
    expect(names.size).toBe(30);
  });

  it("changes neither with a purge of another shard, nor with revoked links", () => {
    expect(name("g1", notePurges(NOTHING_WITHDRAWN, [0, 2, 63]))).toBe(name());
    expect(name("g1", revokeLinks(NOTHING_WITHDRAWN))).toBe(name());
  });

  it("is another for each tenant and entry", () => {
    const other = entryKeyOf(tenantId("other"), key.id);
    expect(
      new Set([name(), name("g1", NOTHING_WITHDRAWN, other), name("g1", NOTHING_WITHDRAWN, keyFrom("C"))]).size,
    ).toBe(3);
  });
});

describe("tags", () => {
  it("name the tenant and the entry", () => {
    const key = keyFrom("B");
    expect(cacheTags(key)).toEqual([tenantTag("acme"), entryTag(key)]);
    expect(cacheTags(key)).toEqual(["tenant:acme", `entry:acme/${key.id}`]);
  });

  it.each(["a b", "a,b", "ä", "a/b", "a\nb"])("hold only what a tag may, though the tenant is %j", (tenant) => {
    for (const tag of cacheTags(entryKeyOf(tenantId(tenant), "x".repeat(43)))) expect(tag).toMatch(/^[!-+\--~]+$/);
  });
});
