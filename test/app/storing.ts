import type { FillJob, SourceFacts } from "../../src/app/fill-job.ts";
import type { Draft } from "../../src/app/keep-parts.ts";
import type { FillPlan } from "../../src/core/fills/fill-plan.ts";
import { BARE } from "../contracts/object-store.contract.ts";
import { HOUR } from "../core/samples.ts";
import { pattern, ranged, SMALL, type SmallWorld, smallWorld } from "./small-parts.ts";
import { ACME } from "./world.ts";

/** Of a plain object, of which its origin declares nothing. */
export const FACTS: SourceFacts = { headers: BARE, originEtag: '"v1"', declared: {}, freshUntil: null };

/** A body of `size` bytes in parts of ten, read by one consumer. */
export function draftOf(size: number | null, changes: Partial<Draft> = {}): Draft {
  return { ...FACTS, size, partBytes: SMALL.partBytes, resumeTag: null, lanes: 1, partCrc: null, ...changes };
}

/** An attempt at a fill in its first lane, begun at the gate. */
export async function begunJob(body = pattern(35), publicKey = "movie") {
  const { world, source, message } = await smallWorld(ranged(body), { key: publicKey });
  const holder = { fence: message.fence, lane: 0, holder: "mine" };
  await world.gate.begin(source.key, holder);
  const lost = new AbortController();
  const job: FillJob = {
    ...{ message, key: source.key, holder, tenant: ACME, rule: source.rule, url: source.url, lost: lost.signal },
    endsAt: world.clock.now() + HOUR,
    fetched: () => {},
  };
  return { world, job, lose: (reason: Error) => lost.abort(reason) };
}

/** The upload and the plan that a draft becomes, known to the gate. */
export async function planned(world: SmallWorld, { key, holder }: FillJob, draft: Draft): Promise<FillPlan> {
  const upload = await world.store.createMultipart(`${key.tenant}/${key.id}/planned`, draft.headers);
  const plan = { ...draft, generation: "planned", uploadId: upload.id };
  await world.gate.plan(key, holder, plan);
  return plan;
}

/** A body that comes in chunks of so many bytes, and then ends, or breaks off. `cancelled`: whether it was let go. */
export function bodyOf(bytes: Uint8Array<ArrayBuffer>, chunkBytes = 7, error?: Error) {
  let at = 0;
  const state = { cancelled: false };
  const body = new ReadableStream({
    type: "bytes",
    pull(controller) {
      const chunk = bytes.slice(at, at + chunkBytes);
      at += chunk.length;
      if (chunk.length > 0) return controller.enqueue(chunk);
      if (error) return controller.error(error);
      controller.close();
      controller.byobRequest?.respond(0);
    },
    cancel() {
      state.cancelled = true;
    },
  });
  return { body, state };
}
