import type { Withdrawals } from "../../../../src/core/withdrawals.ts";
import { knownWithdrawals } from "../../../../src/platform/cloudflare/known-withdrawals.ts";
import type { WithdrawalLog } from "../../../../src/ports/withdrawals.ts";
import { newTenant } from "../../../contracts/keys.ts";
import { NOON } from "../../../core/samples.ts";
import { fakeClock } from "../../../fakes/clock.ts";
import { fakeWithdrawals } from "../../../fakes/withdrawals.ts";

/** An isolate, and a log that answers at once, or each question when it is told to. */
export function isolate({ slow = false } = {}) {
  const [log, clock, tenant] = [fakeWithdrawals(), fakeClock(NOON), newTenant()];
  const waiting: (() => void)[] = [];
  const failing = { error: null as Error | null };
  const asked: WithdrawalLog = {
    ...log,
    async read(of) {
      // As the worst case has it: the log reads as soon as the question was sent, and answers late.
      const answer = await log.read(of);
      if (failing.error) throw failing.error;
      if (slow) await new Promise<void>((resolve) => waiting.push(resolve));
      return answer;
    },
  };
  const background: Promise<unknown>[] = [];
  const keep = (work: Promise<unknown>) => void background.push(work.catch(() => {}));
  const known = knownWithdrawals(asked, clock, keep);
  /** Everything that can happen now has happened. */
  const settled = async () => {
    for (let turn = 0; turn < 20; turn++) await null;
  };
  const answerAll = async () => {
    await settled();
    for (const answer of waiting.splice(0)) answer();
    await settled();
  };
  return { log, clock, tenant, known, failing, background, settled, answerAll, waiting };
}

export const epochOf = async (answer: Promise<Withdrawals>) => (await answer).epoch;
