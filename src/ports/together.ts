import { ExpiringMap } from "../core/expiring-map.ts";
import type { Clock } from "./clock.ts";
import { BudgetExceeded, withinBudget } from "./time-budget.ts";

/** Questions on their way that one isolate knows of at a time. More are asked each on its own. */
const QUESTIONS = 10_000;

/** Asks each question once for all who want its answer at the same time. */
export type Together<Answer> = {
  /** The answer to the question of that name that is on its way, or else to this one. Rejects as the question does. */
  ask(name: string, question: () => Promise<Answer>): Promise<Answer>;
  /** Whether a question of that name is on its way which whoever asks now would join. */
  isAsked(name: string): boolean;
  /** Those who wait get what is on its way, and nobody after them. */
  drop(name: string): void;
};

/**
 * The runtime drops the work of a request that was cancelled, and who waits for that would wait for ever: a question is
 * joined for `patienceMs` from when it was sent. Then whoever waits first asks anew, for all others; or, where those who ask
 * have a budget that is over by then, all of them are rejected with {@link BudgetExceeded} and the next one asks. `what`
 * names the part of ours that is asked. Keeping a question alive beyond its request is the question's own affair. Each waits
 * for a promise of its own, and nobody settles that of a request that has given up: the runtime would warn of it.
 */
export function together<Answer>(
  what: string,
  patienceMs: number,
  clock: Clock,
  after: "ask anew" | "give up" = "ask anew",
): Together<Answer> {
  const questions = new ExpiringMap<Question<Answer>>(QUESTIONS);

  function onItsWay(name: string): Question<Answer> | null {
    const question = questions.get(name, clock.now());
    // When the clock was put back nobody knows how old a question is.
    return question && clock.now() >= question.sentAt ? question : null;
  }

  async function send(name: string, question: () => Promise<Answer>): Promise<Answer> {
    const sentAt = clock.now();
    const sent: Question<Answer> = { sentAt, waiting: new Set() };
    questions.set(name, sent, sentAt + patienceMs);
    const end = () => questions.get(name, clock.now()) === sent && questions.delete(name);
    try {
      const answer = await question();
      end();
      for (const { resolve } of sent.waiting) resolve(answer);
      return answer;
    } catch (error) {
      end();
      for (const { reject } of sent.waiting) reject(error);
      throw error;
    }
  }

  async function join({ sentAt, waiting }: Question<Answer>): Promise<Answer> {
    const answer = Promise.withResolvers<Answer>();
    waiting.add(answer);
    try {
      return await withinBudget(what, sentAt + patienceMs - clock.now(), answer.promise);
    } finally {
      waiting.delete(answer);
    }
  }

  async function ask(name: string, question: () => Promise<Answer>): Promise<Answer> {
    const asked = onItsWay(name);
    if (!asked) return await send(name, question);
    try {
      return await join(asked);
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      if (onItsWay(name) === asked) questions.delete(name);
      if (after === "give up") throw error;
      return await ask(name, question);
    }
  }

  return { ask, isAsked: (name) => onItsWay(name) !== null, drop: (name) => questions.delete(name) };
}

type Question<Answer> = { readonly sentAt: number; readonly waiting: Set<PromiseWithResolvers<Answer>> };
