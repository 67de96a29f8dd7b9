import type { Copy } from "../core/entry.ts";
import { type Fault, fault } from "../core/fills/faults.ts";
import { chooseFill, MAX_STREAMED_BYTES } from "../core/fills/fill-choice.ts";
import type { FillPlan } from "../core/fills/fill-plan.ts";
import { isObjectStore } from "../core/fills/object-store.ts";
import { storable, tooLarge } from "../core/fills/storable.ts";
import { storedHeaders } from "../core/fills/stored-headers.ts";
import { doesRanges } from "../core/http/accept-ranges.ts";
import { freshnessMs } from "../core/http/cache-control.ts";
import { isChunked } from "../core/http/framing.ts";
import { CRC_ALGORITHMS } from "../core/integrity/checksums.ts";
import { declaredChecksums } from "../core/integrity/declared.ts";
import { readOriginUrl } from "../core/origin-url/origin-url.ts";
import type { RawUrl } from "../core/origin-url/raw-url.ts";
import { overriddenFields } from "../core/presentation.ts";
import type { OriginAnswer } from "../ports/origin.ts";
import { FillFailed } from "./fill-failed.ts";
import type { FillJob, FillJobParts, SourceFacts } from "./fill-job.ts";
import { beginUpload, type Draft } from "./keep-parts.ts";
import { openOrigin } from "./open-origin.ts";
import { project } from "./project.ts";
import { storeStream } from "./store-stream.ts";
import { storeWhole } from "./store-whole.ts";
import type { Stored } from "./stored.ts";

/** What a first answer of the origin led to: an object that is stored, a plan to work on, or the copy that there was. */
export type Started = { readonly stored: Stored } | { readonly plan: FillPlan } | "confirmed";

/**
 * Asks the origin for the object and stores what it says, in the way that its first answer suggests. Where there is a copy
 * of it (`copy`), the origin is asked whether that still is what it has. Throws {@link FillFailed} for what is not stored.
 */
export async function startFill(job: FillJob, copy: Copy | null, parts: FillJobParts): Promise<Started> {
  const fields = copy?.originEtag ? { ifNoneMatch: copy.originEtag } : {};
  const { answer, url: at } = await openOrigin(job, fields, parts);
  if (answer.status !== 304 || !copy) return await storeAnswer(job, { answer, at, ranges: true }, parts);
  await answer.body?.cancel().catch(() => {});
  const now = parts.clock.now();
  const freshUntil = freshAgainUntil(job, copy, answer, now);
  await parts.ledger.refresh(job.key, job.holder.fence, copy.generation, freshUntil, now);
  await project(job.key, await parts.ledger.find(job.key), parts);
  return "confirmed";
}

/** A 304 that does not say how long it holds leaves what was said with the bytes (RFC 9111 section 4.3.4). */
function freshAgainUntil({ url }: FillJob, copy: Copy, answer: OriginAnswer, now: number): number | null {
  if (isObjectStore(url, answer)) return null;
  const before = copy.freshUntil === null ? null : copy.freshUntil - copy.storedAt;
  const fresh = freshnessMs(answer, now) ?? before;
  return fresh === null ? null : now + fresh;
}

/** An answer to a whole GET, the URL that gave it, and whether the origin is believed when it says that it does ranges. */
export type WholeAnswer = { readonly answer: OriginAnswer; readonly at: RawUrl; readonly ranges: boolean };

/** Stores the answer to a whole GET. */
export async function storeAnswer(
  job: FillJob,
  { answer, at, ranges }: WholeAnswer,
  parts: FillJobParts,
): Promise<Started> {
  const known = readAnswer(job, answer, at, parts);
  if ("code" in known) {
    await answer.body?.cancel().catch(() => {});
    throw new FillFailed(known);
  }
  const { length, facts } = known;
  const offered = { length, ranges: ranges && doesRanges(answer), etag: answer.header("etag") };
  const choice = chooseFill(offered, parts.sizes);
  if (choice.how === "put")
    return { stored: await storeWhole(answer.body, { length: length ?? 0, facts, job }, parts) };
  const { partBytes, resumeTag, lanes } = choice;
  if (lanes === 1 && length !== null && length > MAX_STREAMED_BYTES) {
    await answer.body?.cancel().catch(() => {});
    throw new FillFailed(tooLarge(MAX_STREAMED_BYTES));
  }
  const partCrc = CRC_ALGORITHMS.find((algorithm) => algorithm in facts.declared) ?? null;
  const draft: Draft = { ...facts, size: length, partBytes, resumeTag, lanes, partCrc: lanes > 1 ? partCrc : null };
  if (lanes === 1) {
    const body = answer.body ?? new Blob([]).stream();
    return { stored: await storeStream(body, draft, job, parts) };
  }
  // Each part is asked for on its own: what has come of this answer until now is little, and the rest is not sent.
  await answer.body?.cancel().catch(() => {});
  const { plan } = await beginUpload(job, draft, parts);
  return { plan };
}

/** What the answer to a whole GET says of the object, or why that is not stored. */
export function readAnswer(
  { url, rule, tenant }: Pick<FillJob, "url" | "rule" | "tenant">,
  answer: OriginAnswer,
  at: RawUrl,
  { clock, newGeneration }: Pick<FillJobParts, "clock" | "newGeneration">,
): { readonly length: number | null; readonly facts: SourceFacts } | Fault {
  const terms = { objectStore: isObjectStore(url, answer), obeyPrivate: rule.obeyPrivate, ...tenant.fill };
  const allowed = storable(answer, terms, clock.now());
  if ("code" in allowed) return allowed;
  // What an ETag is depends on the store that sent it.
  const source = at.text === url.raw.text ? url : readOriginUrl(at.text, tenant.cnames);
  const declared = declaredChecksums(answer, typeof source === "string" ? null : source.object);
  const { length, freshUntil } = allowed;
  if (length === null && !isChunked(answer) && Object.keys(declared).length === 0) return fault("LENGTH_UNKNOWN");
  // Without a strong ETag of the origin's, any name that was never used before is one.
  const headers = storedHeaders(answer, newGeneration(), overriddenFields(url));
  return { length, facts: { headers, originEtag: answer.header("etag"), declared, freshUntil } };
}
