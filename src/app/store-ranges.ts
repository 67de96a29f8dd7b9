import { objectKey } from "../core/entry.ts";
import { fault, faultOfStatus } from "../core/fills/faults.ts";
import { type FillPlan, partRange } from "../core/fills/fill-plan.ts";
import { wholeLimitMs } from "../core/fills/whole-limit.ts";
import { parseContentRange } from "../core/http/content-range.ts";
import type { ChecksumAlgorithm } from "../core/integrity/checksums.ts";
import type { RawUrl } from "../core/origin-url/raw-url.ts";
import type { MultipartUpload } from "../ports/object-store.ts";
import type { OriginAnswer } from "../ports/origin.ts";
import { asFillFailed, atStore, CameFurther, ClaimLost, FillFailed } from "./fill-failed.ts";
import type { FillJob, FillJobParts } from "./fill-job.ts";
import { keepUrlAlive, type OpenUrlParts } from "./job-url.ts";
import { joinParts } from "./join-parts.ts";
import { openOrigin } from "./open-origin.ts";
import { bodyReader } from "./read-body.ts";
import { readPieces } from "./read-pieces.ts";
import { startDigests } from "./running-digests.ts";
import { SPARE_BUFFERS } from "./spare-buffers.ts";
import type { Stored } from "./stored.ts";

/** Smaller than the pieces of a whole, since lanes may run in one isolate; below this, each byte costs more. */
const LANE_PIECE_BYTES = 2 ** 20;

export type RangesParts = FillJobParts & OpenUrlParts;

/** The origin has another version now than the one that the plan was made for. */
export class SourceChanged extends Error {
  constructor() {
    super("the object changed at its origin");
    this.name = "SourceChanged";
  }
}

/** The origin sent the whole although it had said that it does ranges. */
export class RangesIgnored extends Error {
  readonly answer: OriginAnswer;
  readonly at: RawUrl;

  constructor(answer: OriginAnswer, at: RawUrl) {
    super("the origin ignored a range");
    this.name = "RangesIgnored";
    this.answer = answer;
    this.at = at;
  }
}

/**
 * Works on one lane of a plan: fetches the parts that the gate hands out, each with a ranged GET of its own, so that a
 * fault costs one part at most. The stored object, when it fell to this lane to join the parts; `null` when there is
 * nothing left for it to do. Throws {@link SourceChanged} and {@link RangesIgnored}, and {@link CameFurther} when the time
 * was not enough for all.
 */
export async function storeRanges(job: FillJob, plan: FillPlan, parts: RangesParts): Promise<Stored | null> {
  const upload = parts.store.resumeMultipart(objectKey(job.key, plan.generation), plan.uploadId);
  let current = job;
  let kept = 0;
  for (;;) {
    const work = await parts.gate.next(job.key, job.holder);
    switch (work.do) {
      case "lost":
        throw new ClaimLost();
      case "nothing":
        await parts.gate.leave(job.key, job.holder);
        return null;
      case "join":
        return await joinParts(job, plan, upload, work.parts, parts);
      case "parts":
        for (const number of work.numbers) {
          try {
            if (parts.clock.now() >= job.endsAt) throw new FillFailed(fault("TIMEOUT"));
            current = await keepUrlAlive(current, parts);
            await storePart(current, plan, upload, number, parts);
          } catch (error) {
            const failed = asFillFailed(error).fault;
            const cameFurther = failed.code === "TIMEOUT" && kept > 0 && parts.clock.now() >= job.endsAt;
            throw cameFurther ? new CameFurther(failed) : error;
          }
          kept += 1;
        }
    }
  }
}

async function storePart(
  job: FillJob,
  plan: FillPlan,
  upload: MultipartUpload,
  number: number,
  parts: RangesParts,
): Promise<void> {
  const { first, last } = partRange(plan, number);
  const bytes = last - first + 1;
  const endsAt = Math.min(job.endsAt, parts.clock.now() + wholeLimitMs(bytes));
  const body = await openPart(job, plan, { first, last }, parts);
  const algorithms: ChecksumAlgorithm[] = plan.partCrc === null ? ["sha256"] : ["sha256", plan.partCrc];
  const digests = startDigests(new Set(algorithms), parts.startHash);
  const writer = upload.partWriter(number, bytes);
  try {
    const reader = bodyReader(body, { idleMs: parts.idleMs, endsAt, now: () => parts.clock.now(), came: job.fetched });
    for await (const piece of readPieces(reader, bytes, LANE_PIECE_BYTES, SPARE_BUFFERS)) {
      await Promise.all([digests.update(piece.bytes), atStore(writer.write(piece.bytes))]);
    }
  } catch (error) {
    await writer.abort();
    throw error;
  }
  const [etag, computed] = await Promise.all([atStore(writer.end()), digests.digest()]);
  const crc = plan.partCrc === null ? null : (computed[plan.partCrc] ?? null);
  const done = { number, etag, bytes, sha256: computed.sha256 ?? null, crc };
  if (!(await parts.gate.partDone(job.key, job.holder, done))) throw new ClaimLost();
}

/** The bytes of a part, of the very version that the plan is for: right status, right range, right length, right ETag. */
async function openPart(
  job: FillJob,
  plan: FillPlan,
  { first, last }: { first: number; last: number },
  parts: RangesParts,
): Promise<ReadableStream<Uint8Array>> {
  const fields = { range: `bytes=${first}-${last}`, ...(plan.resumeTag !== null && { ifMatch: plan.resumeTag }) };
  const { answer, url: at } = await openOrigin(job, fields, parts);
  const refuse = async (error: Error): Promise<never> => {
    await answer.body?.cancel().catch(() => {});
    throw error;
  };
  const { status } = answer;
  const changed = status === 412 || answer.header("etag") !== plan.resumeTag;
  if (changed && (status === 412 || status === 416 || status === 200 || status === 206)) {
    return await refuse(new SourceChanged());
  }
  if (status === 200) throw new RangesIgnored(answer, at);
  if (status !== 206) return await refuse(new FillFailed(faultOfStatus(answer, parts.clock.now())));
  const range = parseContentRange(answer.header("content-range"));
  const sent = range !== null && range.first === first && range.last === last;
  if (!sent || (range.size !== null && range.size !== plan.size) || answer.body === null) {
    return await refuse(new FillFailed(fault("RANGE_REFUSED", "The origin sent another range than it was asked for.")));
  }
  return answer.body;
}
