import type { OriginAnswer } from "../ports/origin.ts";
import type { OpenPipe } from "../ports/pipe.ts";
import type { FillJobParts } from "./fill-job.ts";
import type { HeldBytes } from "./hold-bytes.ts";
import type { InBackground } from "./in-background.ts";
import { PARTS_HELD } from "./keep-in-turn.ts";
import { keepPassing } from "./keep-passing.ts";
import { openOrigin } from "./open-origin.ts";
import type { PassWish } from "./pass-wish.ts";
import { type FillParts, requestFill } from "./request-fill.ts";
import { readAnswer } from "./start-fill.ts";
import type { TakeFillParts } from "./take-fill.ts";
import { countPass, type PassCount } from "./usage/count-pass.ts";
import { metered } from "./usage/metered-pipe.ts";

export type PassParts = FillJobParts &
  FillParts & {
    readonly inBackground: InBackground;
    readonly openPipe: OpenPipe;
    readonly held: HeldBytes;
    readonly leaseMs: number;
    readonly withdrawals: TakeFillParts["withdrawals"];
    /** How long a download is kept on, in ms, once its client has left: a Worker has 30 s then. */
    readonly aloneMs: number;
  };

/** The origin's answer, on its way to the client. */
export type Passed = { readonly answer: OriginAnswer; readonly body: ReadableStream<Uint8Array> | null };

/** Bytes of the largest answer that `auto` passes through: above, it would hold a Worker for long. */
export const AUTO_BYTES = 2 ** 30;

/** The same for `stream`: what has more bytes is not kept in parts of this size, and takes more CPU than a Worker has. */
export const MOST_BYTES = 60 * 2 ** 30;

/** Parts that a passing download is kept in, in bytes. */
const PART_BYTES = 8 * 2 ** 20;

/** What one download holds at most, in bytes. */
const PASS_BYTES = PARTS_HELD * PART_BYTES;

/**
 * Answers a first download with the origin's own bytes and keeps them on the way, so that the origin sends them once. A
 * part of an object passes as it is, and the whole is filled from the queue. `null`: the client is better sent to the
 * origin, which has something else to say than the bytes, or too many; what is to be filled then is asked for. Never
 * rejects.
 */
export async function passThrough(wish: PassWish, parts: PassParts): Promise<Passed | null> {
  const { tenant, url, range, request, first } = wish;
  const fields = range === null ? {} : { range };
  const lost = new AbortController().signal;
  const openedAt = parts.clock.now();
  const opened = await openOrigin({ tenant, url, lost }, fields, parts).catch((error: unknown) => {
    parts.report("pass through", error);
  });
  const answer = opened?.answer;
  if (!opened || !answer || !isPassed(answer, wish)) {
    await answer?.body?.cancel().catch(() => {});
    parts.inBackground(first.then(() => requestFill(request, parts)));
    return null;
  }
  const { body } = answer;
  const count = countPass(wish, parts.usage);
  const known = answer.status === 200 ? readAnswer(wish, answer, opened.url, parts) : null;
  // What may not be stored costs one transfer all the same.
  if (known && "code" in known) return { answer, body: passedBody(answer, count, parts) };
  const release = known && parts.held.reserve(Math.min(known.length ?? PASS_BYTES, PASS_BYTES));
  if (!known || !release) {
    parts.inBackground(first.then(() => requestFill(request, parts)));
    return { answer, body: passedBody(answer, count, parts) };
  }
  const pipe = parts.openPipe(known.length);
  const passing = {
    wish,
    openedAt,
    answer,
    body: body ?? new Blob([]).stream(),
    partBytes: PART_BYTES,
    client: pipe.writable,
    count,
  };
  parts.inBackground(keepPassing({ ...passing, ...known, release }, parts));
  return { answer, body: pipe.readable };
}

/** What passes without being kept. */
function passedBody({ body, header }: OriginAnswer, count: PassCount, parts: PassParts): Passed["body"] {
  const length = header("content-length");
  return body && metered(body, length === null ? null : Number(length), count, parts);
}

/** Whether the answer is the bytes that were asked for, and few enough of them. */
function isPassed({ status, header }: OriginAnswer, { range, tenant }: PassWish): boolean {
  if (status !== 200 && (status !== 206 || range === null)) return false;
  const length = Number(header("content-length") ?? 0);
  return length <= (tenant.fill.mode === "auto" ? AUTO_BYTES : MOST_BYTES);
}
