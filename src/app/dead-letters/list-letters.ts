import { DEAD_LETTER_AGE_MS } from "../../core/dead-letters/dead-letter.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DeadLetters, LetterPage, Letters } from "../../ports/dead-letters.ts";
import type { Report } from "../in-background.ts";
import { reach } from "../reach.ts";

type LettersParts = { readonly deadLetters: DeadLetters; readonly report: Report };

/** A page of what was given up, of all tenants, the newest first. Throws 503 when nobody could say. */
export async function listLetters(page: LetterPage, { deadLetters, report }: LettersParts): Promise<Letters> {
  return await reach("dead letters", deadLetters.list(page), report);
}

/** Forgets letters two weeks after they were written. Never rejects: the next run does what this one could not. */
export async function dropOldLetters({
  deadLetters,
  clock,
  report,
}: LettersParts & { readonly clock: Clock }): Promise<void> {
  try {
    await deadLetters.dropOld(clock.now() - DEAD_LETTER_AGE_MS);
  } catch (error) {
    report("dead letters", error);
  }
}
