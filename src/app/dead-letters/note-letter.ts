import type { KeyRing } from "../../core/crypto/key-ring.ts";
import { seal, unseal } from "../../core/crypto/seal.ts";
import type { DeadLetter, SealedLetter } from "../../core/dead-letters/dead-letter.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DeadLetters } from "../../ports/dead-letters.ts";

export type NoteLetterParts = { readonly deadLetters: DeadLetters; readonly ring: KeyRing; readonly clock: Clock };

/** What is told of a message that was given up. */
export type Told = Omit<DeadLetter, "id" | "at" | "replayedAt">;

/**
 * Writes a message down that was given up, once for each `id`: sealed as a whole, and to its id, since what is of no known
 * form may hold anything. Rejects when that could not be done.
 */
export async function noteLetter(id: string, body: unknown, told: Told, parts: NoteLetterParts): Promise<void> {
  const sealed = await seal(parts.ring, "dead-letter", textOf(body), id);
  await parts.deadLetters.add({ id, ...told, sealed, at: parts.clock.now() });
}

/** The message of a letter; `null`: no key opens it (any more), or it was nothing that can be written down. */
export async function openLetter({ id, sealed }: SealedLetter, ring: KeyRing): Promise<unknown> {
  const text = await unseal(ring, "dead-letter", sealed, id);
  return text === null ? null : (JSON.parse(text) as unknown);
}

/** A queue carries more than JSON can say, but nothing of ours. */
function textOf(body: unknown): string {
  try {
    return JSON.stringify(body) ?? "null";
  } catch {
    return "null";
  }
}
