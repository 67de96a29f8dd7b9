import type { KeyRing } from "../core/crypto/key-ring.ts";
import { seal, unseal } from "../core/crypto/seal.ts";
import type { BatchName } from "../core/preload/batch.ts";
import type { ObjectHeaders, ObjectStore } from "../ports/object-store.ts";

export type ManifestChunksParts = { readonly store: ObjectStore; readonly ring: KeyRing };

/** Where the lines of a manifest wait, sealed, until they are queued. */
export type ManifestChunks = {
  /** A chunk that is there already is refused. */
  keep(chunk: number, text: string): Promise<void>;
  /** `null`: it is not there. Throws when it cannot be opened. */
  read(chunk: number): Promise<string | null>;
  drop(chunk: number): Promise<void>;
  /** Drops the first `count` chunks, the last of them first. */
  dropAll(count: number): Promise<void>;
  /** Behind which chunk none lies any more, of those that a reading kept in their order and perhaps began to drop. */
  count(): Promise<number>;
};

/** Chunks of a reading that are on their way into the store, or out of it, at once: a gap is never wider. */
export const CHUNKS_AT_ONCE = 4;

const HEADERS: ObjectHeaders = {
  contentType: "application/octet-stream",
  contentEncoding: null,
  contentLanguage: null,
  contentDisposition: null,
  cacheControl: null,
  etag: '"sealed"',
  lastModified: null,
};

/**
 * The chunks of one reading of a manifest, under `manifests/<tenant>/<batch>/<run>/<chunk>`: a first segment of their own
 * lets a rule of the bucket's end them too. Each opens only in its place.
 */
export function manifestChunks({ tenant, id }: BatchName, run: number, parts: ManifestChunksParts): ManifestChunks {
  const { store, ring } = parts;
  const keyOf = (chunk: number) => `manifests/${tenant}/${id}/${run}/${chunk}`;
  const drop = async (chunk: number) => await store.delete(keyOf(chunk));
  return {
    async keep(chunk, text) {
      const sealed = await seal(ring, "manifest", text, keyOf(chunk));
      await store.put(keyOf(chunk), Uint8Array.from(new TextEncoder().encode(sealed)), HEADERS);
    },
    async read(chunk) {
      const object = await store.get(keyOf(chunk), null);
      if (!object) return null;
      const text = await unseal(ring, "manifest", await new Response(object.body).text(), keyOf(chunk));
      if (text === null) throw new Error("a chunk of a manifest cannot be opened");
      return text;
    },
    drop,
    async dropAll(count) {
      for (let end = count; end > 0; end -= CHUNKS_AT_ONCE) {
        const first = Math.max(0, end - CHUNKS_AT_ONCE);
        await Promise.all(Array.from({ length: end - first }, (_, index) => drop(first + index)));
      }
    },
    async count() {
      let end = 0;
      for (let chunk = 0; chunk < end + CHUNKS_AT_ONCE; chunk += 1) {
        if (await store.head(keyOf(chunk))) end = chunk + 1;
      }
      return end;
    },
  };
}
