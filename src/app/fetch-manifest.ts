import type { KeyRing } from "../core/crypto/key-ring.ts";
import { fault, faultOfStatus } from "../core/fills/faults.ts";
import type { OriginHead } from "../core/fills/origin-head.ts";
import { allowingRule } from "../core/origins/allow-list.ts";
import { MAX_MANIFEST_BYTES } from "../core/preload/manifest-limits.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Clock } from "../ports/clock.ts";
import type { Origin } from "../ports/origin.ts";
import { FillFailed } from "./fill-failed.ts";
import { openManifestUrl } from "./open-manifest-url.ts";
import { openOrigin } from "./open-origin.ts";
import { bodyReader } from "./read-body.ts";
import { MANIFEST_REFUSALS, ManifestRefused } from "./split-manifest.ts";

export type FetchManifestParts = {
  readonly ring: KeyRing;
  readonly clock: Clock;
  readonly origin: Origin;
  readonly local: boolean;
  /** How long an origin may send nothing, in ms. */
  readonly idleMs: number;
};

/** How long all of a manifest may take, ms: a consumer has 15 minutes, and some of them are for the chunks. */
const FETCH_LIMIT_MS = 10 * 60_000;
/** Bytes that are read at once. */
const PIECE_BYTES = 256 * 1024;

const ENCODED = { code: "MANIFEST_ENCODED", message: "The origin sent the manifest in an encoding, such as gzip." };

/**
 * The bytes of a manifest at an origin, wherever its redirects lead on the allow-list. `place`: what its URL was sealed
 * to. Throws {@link FillFailed} and what a fill would meet, and {@link ManifestRefused}. Each piece is gone with the next.
 */
export async function* fetchManifest(
  sealedUrl: string,
  place: string,
  tenant: Tenant,
  parts: FetchManifestParts,
): AsyncGenerator<Uint8Array> {
  const url = await openManifestUrl(sealedUrl, place, tenant.cnames, parts.ring);
  if (!url) throw new FillFailed(fault("URL_UNREADABLE"));
  if (!allowingRule(tenant.originRules, url.raw, parts.local)) throw new FillFailed(fault("ORIGIN_NOT_ALLOWED"));

  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new FillFailed(fault("TIMEOUT"))), FETCH_LIMIT_MS);
  try {
    const { answer } = await openOrigin({ url, tenant, lost: late.signal }, {}, parts);
    const refusal = refusalOf(answer, parts.clock.now());
    if (refusal) {
      await answer.body?.cancel().catch(() => {});
      throw refusal;
    }
    if (answer.body) yield* piecesOf(answer.body, parts.idleMs);
  } finally {
    clearTimeout(timer);
  }
}

function refusalOf(answer: OriginHead, now: number): Error | null {
  if (answer.status !== 200) return new FillFailed(faultOfStatus(answer, now));
  const encoding = answer.header("content-encoding")?.trim().toLowerCase() || "identity";
  if (encoding !== "identity") return new ManifestRefused(ENCODED);
  const tooLarge = Number(answer.header("content-length") ?? 0) > MAX_MANIFEST_BYTES;
  return tooLarge ? new ManifestRefused(MANIFEST_REFUSALS.bytes) : null;
}

async function* piecesOf(body: ReadableStream<Uint8Array>, idleMs: number): AsyncGenerator<Uint8Array> {
  const reader = bodyReader(body, { idleMs });
  let buffer = new Uint8Array(PIECE_BYTES);
  try {
    for (;;) {
      const { view, ended } = await reader.fill(buffer);
      if (view.length > 0) yield view;
      if (ended) return;
      buffer = new Uint8Array(view.buffer);
    }
  } finally {
    await reader.cancel();
  }
}
