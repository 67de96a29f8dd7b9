import { uploadKey } from "../../../core/uploads/upload-path.ts";
import type { UploadPlan } from "../../../core/uploads/upload-session.ts";
import type { TusTail, TusUploads } from "../../../ports/tus-uploads.ts";
import type { HeldBytes } from "../../hold-bytes.ts";
import type { UploadParts } from "../upload-parts.ts";

/** What uploads by the tus protocol work with. */
export type TusParts = UploadParts & {
  readonly tus: TusUploads;
  /** What this isolate holds for all that passes through it. */
  readonly held: HeldBytes;
  readonly pause: (ms: number) => Promise<void>;
};

/**
 * How long a writer that is not heard of keeps its place, in ms: shorter than clients go on trying, which is nine seconds
 * for tus-js-client as it comes.
 */
export const LEASE_MS = 6_000;

/** Objects in which tails lie by turns: R2 takes one write a second for each key. */
const TAIL_SLOTS = 8;

/** Where the bytes behind the last whole part are kept next; `null`: there were none yet. */
export function nextTailKey(session: Pick<UploadPlan, "tenant" | "path">, last: TusTail | null): string {
  const slot = last === null ? -1 : Number(last.key.slice(last.key.lastIndexOf("-") + 1));
  return tailKey(session, (slot + 1) % TAIL_SLOTS);
}

/** All that may ever lie there of a session. */
export function tailKeys(session: Pick<UploadPlan, "tenant" | "path">): readonly string[] {
  return Array.from({ length: TAIL_SLOTS }, (_, slot) => tailKey(session, slot));
}

/** Beside the file, whose path is its session's alone. */
function tailKey(session: Pick<UploadPlan, "tenant" | "path">, slot: number): string {
  return `${uploadKey(session)}.tail-${slot}`;
}
