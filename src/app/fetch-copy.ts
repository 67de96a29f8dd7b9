import { type Copy, objectKey } from "../core/entry.ts";
import type { EntryKey } from "../core/entry-key.ts";
import { fillableLength } from "../core/fills/fillable.ts";
import { storedHeaders } from "../core/fills/stored-headers.ts";
import type { OriginUrl } from "../core/origin-url/origin-url.ts";
import { overriddenFields } from "../core/presentation.ts";
import type { Clock } from "../ports/clock.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import type { Origin } from "../ports/origin.ts";
import type { StartHash } from "../ports/running-hash.ts";
import { FillFailed } from "./fill-failed.ts";
import { storeBody } from "./store-body.ts";

export type FetchCopyParts = {
  readonly origin: Origin;
  readonly store: ObjectStore;
  readonly startHash: StartHash;
  readonly clock: Clock;
};

/**
 * Streams the origin's object into the store under `generation`, and returns what is now stored: complete, of the
 * announced length, unread by anybody. Throws {@link FillFailed} for answers that are not stored.
 */
export async function fetchCopy(
  url: OriginUrl,
  { key, generation }: { key: EntryKey; generation: string },
  { origin, store, startHash, clock }: FetchCopyParts,
  signal: AbortSignal,
): Promise<Copy> {
  const answer = await origin.open(url.raw, signal);
  const length = fillableLength(answer);
  if (typeof length !== "number") {
    await answer.body?.cancel();
    throw new FillFailed(length.code, length.message, { final: length.final });
  }
  const headers = storedHeaders(answer, generation, overriddenFields(url));
  const body = answer.body ?? new Blob([]).stream();
  const sha256 = await storeBody(body, { key: objectKey(key, generation), length, headers }, { store, startHash });
  return {
    generation,
    size: length,
    contentType: headers.contentType,
    etag: headers.etag,
    originEtag: answer.header("etag"),
    sha256,
    storedAt: clock.now(),
  };
}
