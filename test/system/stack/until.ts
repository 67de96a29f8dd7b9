import { setTimeout as sleep } from "node:timers/promises";

/** How long anything that must happen may take: far more than it does, since tests share the machine. */
export const PATIENCE_MS = 60_000;
const PAUSE_MS = 100;

/** Looks until there is something to see, and returns it; rejects with `what`, and what `tell` says, if there never is. */
export async function until<Value>(
  what: string,
  look: () => Promise<Value | null>,
  tell: () => string = () => "nothing",
): Promise<Value> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const seen = await look();
    if (seen !== null) return seen;
    await sleep(PAUSE_MS);
  }
  throw new Error(`within ${PATIENCE_MS} ms it did not happen that ${what}, but ${tell()} was seen`);
}
