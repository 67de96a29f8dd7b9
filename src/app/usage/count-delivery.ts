import type { DeliveredTo } from "../../core/usage/event.ts";
import type { UsageSink } from "../../ports/usage-sink.ts";
import type { ReadCopy } from "../read-copy.ts";
import { type MeteredParts, metered, PIECE_BYTES } from "./metered-pipe.ts";

export type CountDeliveryParts = MeteredParts & { readonly usage: UsageSink };

/**
 * The body of an answer, counted as it goes out: the answer at once, its bytes as the client takes them. One that is no
 * longer than a piece counts as a whole, and goes out without us: most files are that small, and what a client may leave
 * of one is less than we could tell.
 */
export function countedDelivery(
  of: DeliveredTo,
  { plan, body }: Pick<ReadCopy, "plan" | "body">,
  parts: CountDeliveryParts,
): ReadableStream<Uint8Array> | null {
  const { status } = plan;
  const length = plan.multipart?.length ?? plan.range?.length ?? plan.representation.size;
  const isSmall = body === null || (length !== null && length <= PIECE_BYTES);
  parts.usage.record({ kind: "delivery", ...of, status, bytes: body && isSmall ? (length ?? 0) : 0 });
  if (isSmall) return body;
  return metered(body, length, { taken: (bytes) => parts.usage.record({ kind: "delivered", ...of, bytes }) }, parts);
}
