import { type AssetContent, assetEtag, assetTag } from "../../core/assets/asset.ts";
import { type AssetDoor, CACHE_RULES } from "../../core/assets/cache-rules.ts";
import { tenantTag } from "../../core/cached-copy.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { contentDisposition } from "../../core/http/content-disposition.ts";
import type { DeliveryTerms } from "../../core/http/delivery-headers.ts";
import { type AnswerPlan, type Asked, planAnswer } from "../../core/http/plan-answer.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { StoredHead, StoredObject } from "../../ports/object-store.ts";
import { withinBudget } from "../../ports/time-budget.ts";
import { type CopyBodyParts, copyBody } from "../copy-body.ts";
import { type CopySourceParts, objectSource } from "../copy-source.ts";
import { reach } from "../reach.ts";

/** How long the store may take to begin to answer, in ms. */
const STORE_BUDGET_MS = 3000;

export type ServeContentParts = CopySourceParts & CopyBodyParts;

/** A content under the name that it is asked for by. */
export type Shown = {
  readonly tenant: TenantId;
  readonly asset: string;
  readonly filename: string;
  readonly content: AssetContent;
  /** Last-Modified, in ms since the epoch. */
  readonly since: number;
};

/** An answer but for what the tenant says of it. */
export type ServedContent = {
  readonly plan: AnswerPlan;
  readonly terms: Omit<DeliveryTerms, "display">;
  readonly body: ReadableStream<Uint8Array> | null;
};

/**
 * What to answer by the row alone: conditions are judged by the digest in it, so that a 304, a HEAD and a refusal ask
 * nothing of the store.
 */
export function planContent({ content, filename, since }: Shown, asked: Asked, now: number): AnswerPlan {
  const { size, contentType } = content;
  return planAnswer(asked, {
    size,
    headers: {
      ...{ contentType, contentEncoding: null, contentLanguage: null, cacheControl: null },
      contentDisposition: contentDisposition("inline", filename),
      etag: assetEtag(content),
      // No date may lie ahead (RFC 9110 section 8.8.2.1): one that does says nothing yet.
      lastModified: since <= now ? new Date(since).toUTCString() : null,
    },
  });
}

/** Whether the answer brings bytes of the content. */
export function bringsBytes({ status }: AnswerPlan, { method }: Pick<Asked, "method">): boolean {
  return method === "GET" && (status === 200 || status === 206);
}

/**
 * Does what was planned. Throws 404 when the store has lost the bytes, or they were deleted a moment ago, 503 when it is out
 * of reach.
 */
export async function serveContent(
  shown: Shown,
  plan: AnswerPlan,
  asked: Asked,
  door: AssetDoor,
  parts: ServeContentParts,
): Promise<ServedContent> {
  const { tenant, asset, content } = shown;
  const { objectKey, sha256 } = content;
  const terms = { maxAge: CACHE_RULES[door], sha256, from: null };
  if (!bringsBytes(plan, asked)) return { plan, terms, body: null };
  const kept = { name: objectKey, tags: () => [tenantTag(tenant), assetTag(asset)] };
  const source = objectSource(objectKey, kept, parts);
  // Of several parts each is read in its turn, and nothing yet.
  const reading = plan.multipart ? source.head() : source.get(plan.range);
  const read = await reach("store", withinBudget("the store", STORE_BUDGET_MS, reading), parts.report).catch(
    (error) => {
      reading.then((late) => late && bodyOf(late)?.cancel()).catch(() => {});
      throw error;
    },
  );
  if (!read) {
    parts.report("store", new Error(`the object of the content ${content.id} is not there`));
    throw new SnapbyteError("NOT_FOUND");
  }
  return { plan, terms: { ...terms, from: read.from }, body: copyBody(plan, bodyOf(read), source, parts) };
}

function bodyOf(read: StoredHead | StoredObject): ReadableStream<Uint8Array> | null {
  return "body" in read ? read.body : null;
}
