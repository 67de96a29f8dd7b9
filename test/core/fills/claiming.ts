import { CLAIM_TIMES, type Claim, claim, type Ruling } from "../../../src/core/fills/claims.ts";
import type { DonePart, FillPlan } from "../../../src/core/fills/fill-plan.ts";
import { begin, type Holder, plan } from "../../../src/core/fills/lanes.ts";
import type { OfferedUrl } from "../../../src/ports/fill-gate.ts";
import { HOUR, NOON } from "../samples.ts";

export const TIMES = CLAIM_TIMES;

export const PART_BYTES = 8 * 2 ** 20;

export function offerOf(changes: Partial<OfferedUrl> = {}): OfferedUrl {
  return { boundTo: "identity-1", sealedUrl: "sealed", endsAt: NOON + HOUR, ...changes };
}

/** A plan of so many parts, the last of which is one byte. */
export function planOf(parts: number, changes: Partial<FillPlan> = {}): FillPlan {
  return {
    generation: "generation-1",
    uploadId: "upload-1",
    size: (parts - 1) * PART_BYTES + 1,
    partBytes: PART_BYTES,
    resumeTag: '"theirs"',
    lanes: 2,
    headers: {
      contentType: "video/mp4",
      contentEncoding: null,
      contentLanguage: null,
      contentDisposition: null,
      cacheControl: null,
      etag: '"ours"',
      lastModified: null,
    },
    originEtag: '"theirs"',
    declared: { md5: "ab".repeat(16) },
    partCrc: null,
    freshUntil: null,
    ...changes,
  };
}

export function partOf(number: number, changes: Partial<DonePart> = {}): DonePart {
  return { number, etag: `etag-${number}`, bytes: PART_BYTES, sha256: "cd".repeat(32), crc: null, ...changes };
}

export function holderOf(fence: number, lane = 0, holder = "one"): Holder {
  return { fence, lane, holder };
}

/** The claim that a ruling left. */
export function kept<Answer>({ claim }: Ruling<Answer>): Claim {
  if (!claim) throw new Error("there is no claim");
  return claim;
}

/** A claim whose message is on its way. */
export function queued(now = NOON, offer = offerOf()): Claim {
  return kept(claim(null, offer, false, now, TIMES));
}

/** A claim in whose first lane `one` is at work. */
export function filling(now = NOON, holder = "one"): Claim {
  return kept(begin(queued(now), holderOf(now, 0, holder), now, TIMES));
}

/** The same, with a plan. */
export function planned(parts: number, changes: Partial<FillPlan> = {}): Claim {
  return kept(plan(filling(), holderOf(NOON), planOf(parts, changes), NOON, TIMES));
}

/** The claim with another consumer at work in it. */
export function joined(row: Claim, lane: number, holder: string, now = NOON): Claim {
  return kept(begin(row, holderOf(row.fence, lane, holder), now, TIMES));
}
