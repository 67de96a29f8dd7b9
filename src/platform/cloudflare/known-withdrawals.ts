import { ExpiringMap } from "../../core/expiring-map.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { Withdrawals } from "../../core/withdrawals.ts";
import type { Clock } from "../../ports/clock.ts";
import { together } from "../../ports/together.ts";
import { KNOWN_FOR_MS, type KnownWithdrawals, type WithdrawalLog } from "../../ports/withdrawals.ts";
import { inBackground } from "./background.ts";

/** Tenants that one isolate remembers, about 1 KB each. */
export const REMEMBERED_TENANTS = 1_000;
/** How long a crowd waits for one question, in ms. The other side of the world answers within it. */
export const TOGETHER_MS = 400;
/** How long an answer is good enough to make links by, ms. */
export const LAST_KNOWN_FOR_MS = 5 * 60_000;

/** How long before the end of an answer a busy isolate asks again at the latest, in ms: else it lapses now and then. */
const AHEAD_MS = KNOWN_FOR_MS / 4;

/** In ms since the epoch: when it was asked for, and from when on it is asked for again, while it still counts. */
type Known = { readonly withdrawals: Withdrawals; readonly sentAt: number; readonly askAgainAt: number };

/**
 * Isolate memory in front of the log. An answer counts from the moment at which its question was sent: the log may have
 * read it just then, and everything since is news. One question at a time for each tenant; one that failed is not
 * remembered. A busy isolate asks so early that nobody waits for a log that is far away.
 */
export function knownWithdrawals(log: WithdrawalLog, clock: Clock, background = inBackground): KnownWithdrawals {
  const answers = new ExpiringMap<Known>(REMEMBERED_TENANTS);
  const questions = together<Withdrawals>("the withdrawals", TOGETHER_MS, clock);
  let changes = 0;

  function current(tenant: TenantId, now = clock.now()): Known | null {
    const known = answers.get(tenant, now);
    const age = known ? now - known.sentAt : -1;
    // When the clock was put back nobody knows how old an answer is.
    return known && age >= 0 && age < KNOWN_FOR_MS ? known : null;
  }

  function remember(tenant: TenantId, withdrawals: Withdrawals, sentAt: number): void {
    if ((current(tenant)?.sentAt ?? sentAt) > sentAt) return;
    const took = clock.now() - sentAt;
    const askAgainAt = sentAt + KNOWN_FOR_MS - Math.max(2 * took, AHEAD_MS);
    answers.set(tenant, { withdrawals, sentAt, askAgainAt }, sentAt + LAST_KNOWN_FOR_MS);
  }

  async function read(tenant: TenantId): Promise<Withdrawals> {
    const [sentAt, sentAfter] = [clock.now(), changes];
    const withdrawals = await log.read(tenant);
    // Asked for before a change, it is good for those who wait, and for nobody after them.
    if (changes === sentAfter) remember(tenant, withdrawals, sentAt);
    return withdrawals;
  }

  async function ask(tenant: TenantId): Promise<Withdrawals> {
    return await questions.ask(tenant, () => {
      const answer = read(tenant);
      background(answer);
      return answer;
    });
  }

  function known(tenant: TenantId, now = clock.now()): Withdrawals | null {
    const answer = current(tenant, now);
    if (answer && now >= answer.askAgainAt && !questions.isAsked(tenant)) ask(tenant).catch(() => {});
    return answer?.withdrawals ?? null;
  }

  return {
    known,
    lastKnown: (tenant) => answers.get(tenant, clock.now())?.withdrawals ?? null,
    find: async (tenant) => known(tenant) ?? (await ask(tenant)),
    forget(tenant) {
      changes += 1;
      answers.delete(tenant);
      questions.drop(tenant);
    },
  };
}
