import { ExpiringMap } from "../../core/expiring-map.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { Withdrawals } from "../../core/withdrawals.ts";
import type { Clock } from "../../ports/clock.ts";
import { BudgetExceeded, withinBudget } from "../../ports/time-budget.ts";
import { KNOWN_FOR_MS, type KnownWithdrawals, type WithdrawalLog } from "../../ports/withdrawals.ts";
import { inBackground } from "./background.ts";

/** Tenants that one isolate remembers, about 1 KB each. */
export const REMEMBERED_TENANTS = 1_000;
/**
 * How long a crowd waits for one question, in ms, before the next of them asks anew. The runtime drops the work of a
 * request that was cancelled, and who waits for that would wait for ever. The other side of the world answers within it.
 */
export const TOGETHER_MS = 400;
/** How long an answer is good enough to make links by, ms. */
export const LAST_KNOWN_FOR_MS = 5 * 60_000;

/** How long before the end of an answer a busy isolate asks again at the latest, in ms: else it lapses now and then. */
const AHEAD_MS = KNOWN_FOR_MS / 4;

/** In ms since the epoch: when it was asked for, and from when on it is asked for again, while it still counts. */
type Known = { readonly withdrawals: Withdrawals; readonly sentAt: number; readonly askAgainAt: number };
type Question = { readonly sentAt: number; readonly answer: Promise<Withdrawals> };

/**
 * Isolate memory in front of the log. An answer counts from the moment at which its question was sent: the log may have
 * read it just then, and everything since is news. One question at a time for each tenant; one that failed is not
 * remembered. A busy isolate asks so early that nobody waits for a log that is far away.
 */
export function knownWithdrawals(log: WithdrawalLog, clock: Clock, background = inBackground): KnownWithdrawals {
  const answers = new ExpiringMap<Known>(REMEMBERED_TENANTS);
  const questions = new ExpiringMap<Question>(REMEMBERED_TENANTS);
  let changes = 0;

  function current(tenant: TenantId): Known | null {
    const known = answers.get(tenant, clock.now());
    const age = known ? clock.now() - known.sentAt : -1;
    // When the clock was put back nobody knows how old an answer is.
    return known && age >= 0 && age < KNOWN_FOR_MS ? known : null;
  }

  function remember(tenant: TenantId, withdrawals: Withdrawals, sentAt: number): void {
    if ((current(tenant)?.sentAt ?? sentAt) > sentAt) return;
    const took = clock.now() - sentAt;
    const askAgainAt = sentAt + KNOWN_FOR_MS - Math.max(2 * took, AHEAD_MS);
    answers.set(tenant, { withdrawals, sentAt, askAgainAt }, sentAt + LAST_KNOWN_FOR_MS);
  }

  function ask(tenant: TenantId): Promise<Withdrawals> {
    const [sentAt, sentAfter] = [clock.now(), changes];
    const answer = log
      .read(tenant)
      .then((withdrawals) => {
        // Asked for before a change, it is good for those who wait, and for nobody after them.
        if (changes === sentAfter) remember(tenant, withdrawals, sentAt);
        return withdrawals;
      })
      .finally(() => {
        if (questions.get(tenant, clock.now())?.answer === answer) questions.delete(tenant);
      });
    questions.set(tenant, { sentAt, answer }, sentAt + KNOWN_FOR_MS);
    background(answer);
    return answer;
  }

  /** The question on its way, while it is young enough to be joined. */
  function onItsWay(tenant: TenantId): Question | null {
    const question = questions.get(tenant, clock.now());
    const age = question ? clock.now() - question.sentAt : -1;
    return question && age >= 0 && age < TOGETHER_MS ? question : null;
  }

  async function askTogether(tenant: TenantId): Promise<Withdrawals> {
    const question = onItsWay(tenant);
    if (!question) return await ask(tenant);
    try {
      const left = question.sentAt + TOGETHER_MS - clock.now();
      return await withinBudget("the withdrawals", left, question.answer);
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      if (onItsWay(tenant) === question) questions.delete(tenant);
      return current(tenant)?.withdrawals ?? (await askTogether(tenant));
    }
  }

  function known(tenant: TenantId): Withdrawals | null {
    const answer = current(tenant);
    if (answer && clock.now() >= answer.askAgainAt && !onItsWay(tenant)) ask(tenant).catch(() => {});
    return answer?.withdrawals ?? null;
  }

  return {
    known,
    lastKnown: (tenant) => answers.get(tenant, clock.now())?.withdrawals ?? null,
    find: async (tenant) => known(tenant) ?? (await askTogether(tenant)),
    forget(tenant) {
      changes += 1;
      answers.delete(tenant);
      questions.delete(tenant);
    },
  };
}
