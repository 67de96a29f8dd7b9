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
 * joined for `patienceMs` from when it was sent, and then whoever waits first asks anew, for all others. `what` names the
 * part of ours that is asked. Keeping a question alive beyond its request is the question's own affair.
 */
export function together<Answer>(what: string, patienceMs: number, clock: Clock): Together<Answer> {
  const questions = new ExpiringMap<Question<Answer>>(QUESTIONS);

  function onItsWay(name: string): Question<Answer> | null {
    const question = questions.get(name, clock.now());
    // When the clock was put back nobody knows how old a question is.
    return question && clock.now() >= question.sentAt ? question : null;
  }

  function send(name: string, question: () => Promise<Answer>): Promise<Answer> {
    const sentAt = clock.now();
    const answer = question();
    questions.set(name, { sentAt, answer }, sentAt + patienceMs);
    const done = () => {
      if (questions.get(name, clock.now())?.answer === answer) questions.delete(name);
    };
    answer.then(done, done);
    return answer;
  }

  function ask(name: string, question: () => Promise<Answer>): Promise<Answer> {
    const asked = onItsWay(name);
    return asked ? join(asked, name, question) : send(name, question);
  }

  async function join(asked: Question<Answer>, name: string, question: () => Promise<Answer>): Promise<Answer> {
    try {
      return await withinBudget(what, asked.sentAt + patienceMs - clock.now(), asked.answer);
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      if (onItsWay(name) === asked) questions.delete(name);
      return await ask(name, question);
    }
  }

  return { ask, isAsked: (name) => onItsWay(name) !== null, drop: (name) => questions.delete(name) };
}

type Question<Answer> = { readonly sentAt: number; readonly answer: Promise<Answer> };
