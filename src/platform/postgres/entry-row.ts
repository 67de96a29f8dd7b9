import type { Copy, Failure, LedgerEntry, PartsDigest } from "../../core/entry.ts";
import { entryKeyOf } from "../../core/entry-key.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { entries } from "./schema.ts";

export type EntryRow = typeof entries.$inferSelect;

/** What an entry without a copy has in the columns of one. */
export const NO_COPY = {
  generation: null,
  size: null,
  contentType: null,
  etag: null,
  originEtag: null,
  sha256: null,
  partsSha256: null,
  partBytes: null,
  storedAt: null,
  freshUntil: null,
} as const;

export const NO_FAILURE = { failureCode: null, failureMessage: null } as const;

/** A ledger row in the words of the rules. */
export function ledgerEntry(row: EntryRow): LedgerEntry {
  const { publicKey, state, boundTo, trusted, sourceUrl, refreshWanted, hits } = row;
  return {
    key: entryKeyOf(row.tenantId as TenantId, row.id),
    ...{ publicKey, state, boundTo, trusted, sourceUrl, refreshWanted, hits },
    tags: row.tags.toSorted(),
    copy: copyOf(row),
    expiresAt: row.expiresAt?.getTime() ?? null,
    failure: failureOf(row),
    createdAt: row.createdAt.getTime(),
    updatedAt: row.updatedAt.getTime(),
  };
}

/** The columns of a copy. */
export function copyColumns({ partsDigest, storedAt, freshUntil, ...copy }: Copy) {
  return {
    ...copy,
    partsSha256: partsDigest?.sha256 ?? null,
    partBytes: partsDigest?.partBytes ?? null,
    storedAt: new Date(storedAt),
    freshUntil: freshUntil === null ? null : new Date(freshUntil),
  };
}

function copyOf(row: EntryRow): Copy | null {
  const { generation, size, contentType, etag, originEtag, sha256, storedAt } = row;
  if (generation === null || size === null || etag === null || storedAt === null) return null;
  return {
    ...{ generation, size, contentType, etag, originEtag, sha256 },
    partsDigest: partsDigestOf(row),
    storedAt: storedAt.getTime(),
    freshUntil: row.freshUntil?.getTime() ?? null,
  };
}

function partsDigestOf({ partsSha256: sha256, partBytes }: EntryRow): PartsDigest | null {
  return sha256 !== null && partBytes !== null ? { sha256, partBytes } : null;
}

function failureOf({ failureCode: code, failureMessage: message }: EntryRow): Failure | null {
  return code !== null && message !== null ? { code, message } : null;
}
