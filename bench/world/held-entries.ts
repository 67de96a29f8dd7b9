import { randomBytes } from "node:crypto";
import type { HeldEntry } from "../../src/core/entry.ts";
import type { TenantId } from "../../src/core/tenant.ts";

/** Entries that KV makes up as they are asked for: see server/workers/kv.js. */
export type HeldEntries = {
  readonly tenants: readonly TenantId[];
  /** Ids of entries that nobody has. */
  readonly ids: readonly string[];
  /** The text of an entry is the id that it is bound to, between these. */
  readonly before: string;
  readonly after: string;
};

const BOUND_TO = "<id>";

/** A ready copy of every object, as `kvEntryIndex` writes it: in another form it would be no hit. */
export function heldEntries(tenants: readonly TenantId[], absent: readonly string[]): HeldEntries {
  const entry: HeldEntry = {
    state: "ready",
    boundTo: BOUND_TO,
    source: "https://media.example.com/films/2026/film.mp4",
    copy: {
      ...{ generation: randomBytes(16).toString("hex"), size: 1_048_576, contentType: "video/mp4" },
      ...{ etag: '"bench"', originEtag: '"bench"', sha256: "0".repeat(64), storedAt: Date.now() },
      ...{ partsDigest: null, freshUntil: null },
    },
    expiresAt: null,
  };
  const [before = "", after = ""] = JSON.stringify({ version: 2, entry }).split(BOUND_TO);
  return { tenants, ids: absent, before, after };
}
