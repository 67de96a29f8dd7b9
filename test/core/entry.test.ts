import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ENTRY_STATES,
  indexEntryOf,
  isExpired,
  type LedgerEntry,
  objectKey,
  parseObjectKey,
} from "../../src/core/entry.ts";
import { entryKeyOf } from "../../src/core/entry-key.ts";
import { COPY, HOUR, NOON, tenantId } from "./samples.ts";

function ledgerEntry(changes: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    key: entryKeyOf(tenantId("acme"), "a".repeat(43)),
    publicKey: "my/key",
    state: "ready",
    boundTo: "identity-1",
    trusted: true,
    sourceUrl: "https://bucket.s3.amazonaws.com/a.mp4?X-Amz-Signature=REDACTED",
    copy: COPY,
    expiresAt: null,
    refreshWanted: false,
    tags: [],
    failure: null,
    hits: 3,
    createdAt: NOON - HOUR,
    updatedAt: NOON - HOUR,
    ...changes,
  };
}

describe("what the index keeps of an entry", () => {
  it("says that its copy is wanted anew only where it is", () => {
    expect(indexEntryOf(ledgerEntry({ refreshWanted: true }), NOON)).toMatchObject({
      state: "ready",
      refreshWanted: true,
    });
    expect(indexEntryOf(ledgerEntry(), NOON)).not.toHaveProperty("refreshWanted");
  });

  it("is enough to decide, and no more", () => {
    expect(indexEntryOf(ledgerEntry({ expiresAt: NOON + 1 }), NOON)).toEqual({
      state: "ready",
      boundTo: "identity-1",
      source: "https://bucket.s3.amazonaws.com/a.mp4",
      copy: COPY,
      expiresAt: NOON + 1,
    });
  });

  it.each(ENTRY_STATES)("is a copy of a %s entry only while that is ready or stale", (state) => {
    const kept = indexEntryOf(ledgerEntry({ state }), NOON);
    expect(kept?.state ?? null).toBe(state === "ready" || state === "stale" ? state : null);
  });

  it.each(ENTRY_STATES)("is nothing of a %s entry without a copy", (state) => {
    expect(indexEntryOf(ledgerEntry({ state, copy: null }), NOON)).toBeNull();
  });

  it.each(ENTRY_STATES)("is that it ended, of a %s entry whose time has come", (state) => {
    expect(indexEntryOf(ledgerEntry({ state, expiresAt: NOON }), NOON)).toEqual({ state: "expired" });
  });

  it.each(["https://b.co/a?sig=s", "https://b.co/a#sig=s", "https://b.co/a?x\ny=#s", "https://b.co/a"])(
    "holds no query and no fragment of %j",
    (sourceUrl) => {
      expect(indexEntryOf(ledgerEntry({ sourceUrl }), NOON)).toMatchObject({ source: "https://b.co/a" });
    },
  );
});

describe("an entry has ended", () => {
  it.each([
    ["never, without a moment", null, false],
    ["at its moment", NOON, true],
    ["after its moment", NOON - 1, true],
    ["not before its moment", NOON + 1, false],
    ["at the beginning of time", 0, true],
  ])("%s", (_, expiresAt, ended) => {
    expect(isExpired({ expiresAt }, NOON)).toBe(ended);
  });
});

describe("the place of a generation in the store", () => {
  it("begins with the tenant", () => {
    expect(objectKey(entryKeyOf(tenantId("acme"), "id"), "g1")).toBe("acme/id/g1");
  });

  it("is shared by no two tenants, entries or generations", () => {
    const part = fc.stringMatching(/^[A-Za-z0-9_-]{1,6}$/);
    const place = fc.tuple(part, part, part);
    const at = ([tenant, id, generation]: [string, string, string]) =>
      objectKey(entryKeyOf(tenantId(tenant), id), generation);
    fc.assert(
      fc.property(place, place, (one, other) => {
        expect(at(one) === at(other)).toBe(one.join("/") === other.join("/"));
      }),
    );
  });
});

describe("the key of an object, read back", () => {
  const ID = "Az09_-".padEnd(43, "x");

  it("names the entry and the generation that it was made of", () => {
    const part = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/);
    const id = fc.stringMatching(/^[A-Za-z0-9_-]{43}$/);
    fc.assert(
      fc.property(part, id, part, (tenant, id, generation) => {
        const key = entryKeyOf(tenantId(tenant), id);
        expect(parseObjectKey(objectKey(key, generation))).toEqual({ key, generation });
      }),
    );
  });

  it("takes a generation that lies in a store with a name", () => {
    const generation = "cold-1.3f0c1f3a-9d1e-4a55-8f2c-0a8a5a3a1b2c";
    expect(parseObjectKey(`acme/${ID}/${generation}`)?.generation).toBe(generation);
    for (const no of ["cold.", ".g1", "a.b.c", "Cold.g1", "co/ld.g1"]) {
      expect(parseObjectKey(`acme/${ID}/${no}`)).toBeNull();
    }
  });

  it("takes a generation as they are made", () => {
    const generation = "3f0c1f3a-9d1e-4a55-8f2c-0a8a5a3a1b2c";
    expect(parseObjectKey(`acme/${ID}/${generation}`)).toEqual({ key: entryKeyOf(tenantId("acme"), ID), generation });
  });

  it.each([
    "",
    "acme",
    `acme/${ID}`,
    `acme/${ID}/`,
    `/${ID}/g1`,
    `acme/${ID}/g1/`,
    `acme/${ID}/g1/part`,
    `acme/${ID.slice(1)}/g1`,
    `acme/${ID}x/g1`,
    `acme/${ID.slice(1)}+/g1`,
    `acme/${ID}/g 1`,
    `acme/${ID}/g1\n`,
    "manifests/acme/3f0c1f3a-9d1e-4a55-8f2c-0a8a5a3a1b2c",
    "uploads/acme/1",
  ])("is of something else in %j", (text) => {
    expect(parseObjectKey(text)).toBeNull();
  });
});
