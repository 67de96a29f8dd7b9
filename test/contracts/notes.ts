import type { Copy } from "../../src/core/entry.ts";
import type { EntryKey } from "../../src/core/entry-key.ts";
import type { FillNote } from "../../src/ports/entry-ledger.ts";
import { COPY } from "../core/samples.ts";

/** A wanted fill of the object `object-1`. */
export function noteOf(key: EntryKey, changes: Partial<FillNote> = {}): FillNote {
  const note = { publicKey: `url-${key.id}`, fence: 1, boundTo: "object-1", trusted: false, expiresAt: null, tags: [] };
  return { key, ...note, sourceUrl: "https://bucket.s3.amazonaws.com/a.mp4", ...changes };
}

export function copyOf(generation: string): Copy {
  return { ...COPY, generation };
}
