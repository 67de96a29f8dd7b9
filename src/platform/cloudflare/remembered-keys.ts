import { ExpiringMap } from "../../core/expiring-map.ts";
import type { Caller } from "../../core/people/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ApiKeys } from "../../ports/directory.ts";
import { inBackground } from "./background.ts";

/** How long a key is known without asking, in ms: a revoked one opens nothing after that, whichever isolate is asked. */
export const KEY_MEMORY_MS = 30_000;
/** How seldom an isolate writes down that a key is used, in ms: nobody asks for more than the day. */
export const USE_NOTED_MS = 3_600_000;
/** Keys that one isolate remembers. */
const REMEMBERED_KEYS = 1_000;

/** {@link forget} ends what this isolate remembers of a key that was just revoked. */
export type RememberedKeys = ApiKeys & { forget(hash: string): void };

/**
 * Isolate memory in front of the keys `inner`, and who writes down their use, in the background. That a key is nobody's
 * is not remembered: strangers make up any number of them. Rejects where nothing is remembered and `inner` does.
 */
export function rememberKeys(inner: ApiKeys, clock: Clock, background = inBackground): RememberedKeys {
  const callers = new ExpiringMap<Caller>(REMEMBERED_KEYS);
  const noted = new ExpiringMap<true>(REMEMBERED_KEYS);
  let changes = 0;

  /** One that could not be written down waits for its next hour. */
  function note(hash: string, now: number): void {
    if (noted.get(hash, now)) return;
    noted.set(hash, true, now + USE_NOTED_MS);
    background(inner.used(hash, now));
  }

  async function look(hash: string): Promise<Caller | null> {
    const askedAt = changes;
    // From before it was asked: what is revoked meanwhile must not live longer.
    const until = clock.now() + KEY_MEMORY_MS;
    const caller = await inner.find(hash);
    if (caller && changes === askedAt) callers.set(hash, caller, Math.min(until, caller.expiresAt ?? until));
    return caller;
  }

  return {
    async find(hash) {
      const caller = callers.get(hash, clock.now()) ?? (await look(hash));
      if (caller) note(hash, clock.now());
      return caller;
    },
    used: (hash, now) => inner.used(hash, now),
    forget(hash) {
      changes += 1;
      callers.delete(hash);
    },
  };
}
