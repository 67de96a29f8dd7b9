import type { ByteRange } from "../core/http/byte-range.ts";
import type { DeliveryTerms } from "../core/http/delivery-headers.ts";
import { type AnswerPlan, type Asked, firstRead, planAnswer } from "../core/http/plan-answer.ts";
import type { Link } from "../core/link.ts";
import { presented } from "../core/presentation.ts";
import { type CopyBodyParts, copyBody } from "./copy-body.ts";
import type { CopySource } from "./copy-source.ts";
import type { Served } from "./deliver.ts";
import { type LostCopyParts, noteLost } from "./lost-copy.ts";

export type ReadCopyParts = LostCopyParts & CopyBodyParts;

/** An answer but for what the tenant says of it. */
export type ReadCopy = Omit<Served, "terms"> & { readonly terms: Omit<DeliveryTerms, "display"> };

/**
 * Answers from a copy, with one read of it where that is enough: the link tells how long it is. `null`: the copy is gone,
 * and the ledger is put right behind the client's back.
 */
export async function readCopy(
  link: Link,
  asked: Asked,
  source: CopySource,
  parts: ReadCopyParts,
): Promise<ReadCopy | null> {
  const guess = firstRead(asked, link.size);
  const first = guess === "head" ? withoutBody(await source.head()) : await source.get(guess);
  if (!first) return gone(link, parts);
  const plan = planAnswer(asked, { size: first.size, headers: presented(first.headers, link.presentation) });
  const maxAge = Math.floor((link.expiresAt - parts.clock.now()) / 1000);
  const terms = { maxAge, from: first.from, sha256: link.sha256 };
  if (guess !== "head" && isWhatPlanNeeds(guess, plan)) {
    return { plan, terms, body: copyBody(plan, first.body, source, parts) };
  }
  await first.body?.cancel().catch(() => {});
  const hasBody = asked.method === "GET" && (plan.status === 200 || plan.status === 206);
  if (!hasBody) return { plan, terms, body: null };
  if (plan.multipart) return { plan, terms, body: copyBody(plan, null, source, parts) };
  const again = await source.get(plan.range);
  return again ? { plan, terms, body: copyBody(plan, again.body, source, parts) } : gone(link, parts);
}

function gone(link: Link, parts: ReadCopyParts): null {
  parts.inBackground(noteLost(link, parts));
  return null;
}

function withoutBody<Head>(head: Head | null): (Head & { readonly body: null }) | null {
  return head && { ...head, body: null };
}

function isWhatPlanNeeds(read: ByteRange | null, { status, range, multipart }: AnswerPlan): boolean {
  if ((status !== 200 && status !== 206) || multipart) return false;
  return read?.offset === range?.offset && read?.length === range?.length;
}
