import { tooLarge } from "../core/fills/storable.ts";
import { doesRanges } from "../core/http/accept-ranges.ts";
import { isStrongEtag } from "../core/http/etag.ts";
import type { OriginAnswer } from "../ports/origin.ts";
import { ClaimLost, FillFailed } from "./fill-failed.ts";
import type { FillJobParts, SourceFacts } from "./fill-job.ts";
import type { PassKeeper } from "./keep-in-turn.ts";
import { type Draft, keepParts, type PartsKeeper } from "./keep-parts.ts";
import { discardUnlessPublished } from "./publish-copy.ts";
import { publishStored } from "./publish-stored.ts";
import type { Bytes } from "./read-pieces.ts";
import { storeWhole } from "./store-whole.ts";
import type { Stored } from "./stored.ts";
import type { TakenFill } from "./take-fill.ts";

/** What is known of the object that passes. */
export type PassedObject = {
  readonly answer: OriginAnswer;
  /** Bytes; `null`: the origin did not say. */
  readonly length: number | null;
  readonly facts: SourceFacts;
  readonly partBytes: number;
};

/**
 * Keeps what passes once it is known whether that is ours to do: `asked`, `null` where it is not. An object of one part is
 * put at once. What could not be kept to its end is left to the queue, which fetches only what is missing.
 */
export function passKeeper(asked: Promise<TakenFill | null>, object: PassedObject, parts: FillJobParts): PassKeeper {
  const draft = draftOf(object);
  let only: Bytes | null = null;
  let keeper: PartsKeeper | null = null;
  let size = 0;

  async function store({ job }: TakenFill): Promise<Stored> {
    if (keeper) return await keeper.end();
    const bytes = only ?? new Uint8Array();
    return await storeWhole(new Blob([bytes]).stream(), { length: bytes.length, facts: object.facts, job }, parts);
  }

  return {
    async keep(part) {
      const taken = await asked;
      if (!taken) throw new ClaimLost();
      size += part.length;
      // What nobody said before: the queue finds it, too, and notes it.
      const most = taken.job.tenant.fill.maxObjectBytes;
      if (most !== null && size > most) throw new FillFailed(tooLarge(most));
      // Of a body of unknown length, a part that is not full is the last one.
      if (!keeper && (part.length < object.partBytes || part.length === object.length)) {
        only = part;
        return;
      }
      keeper ??= await keepParts(taken.job, draft, parts);
      await keeper.keep(part);
    },
    async end() {
      const taken = await asked;
      if (!taken) return;
      try {
        await publish(taken, await store(taken), parts);
      } catch (error) {
        if (error instanceof ClaimLost) return;
        parts.report("pass through", error);
        await taken.handOver(1);
      } finally {
        taken.drop();
      }
    },
    async leave() {
      await (await asked)?.handOver(0);
    },
  };
}

/** Only where a strong ETag says which bytes they are of, the missing parts may be asked for. */
function draftOf({ answer, length, facts, partBytes }: PassedObject): Draft {
  const etag = answer.header("etag");
  const resumeTag = length !== null && doesRanges(answer) && isStrongEtag(etag) ? etag : null;
  return { ...facts, size: length, partBytes, resumeTag, lanes: 1, partCrc: null };
}

/** What cannot be told of goes again: nobody else knows of it. */
async function publish({ job }: TakenFill, stored: Stored, parts: FillJobParts): Promise<void> {
  try {
    await publishStored(job, stored, parts);
  } catch (error) {
    await discardUnlessPublished(job.key, stored.generation, parts).catch((problem: unknown) =>
      parts.report("store", problem),
    );
    throw error;
  }
}
