import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DonePart } from "../../../src/core/fills/fill-plan.ts";
import { RUN_PARTS } from "../../../src/core/fills/next-work.ts";
import { newKey } from "../../contracts/keys.ts";
import { fakeClock } from "../../fakes/clock.ts";
import { fakeFillGate } from "../../fakes/fill-gate.ts";
import { MINUTE, NOON, SECOND } from "../samples.ts";
import { holderOf, offerOf, partOf, planOf, TIMES } from "./claiming.ts";

const { leaseMs, queuedMs } = TIMES;

/** Parts of every object here: more than one lane is told of at once. */
const PARTS = RUN_PARTS + 3;

type Step =
  | { readonly do: "claim"; readonly object: string }
  | { readonly do: "revoke" }
  /** A message arrives, again and again, in any order. */
  | { readonly do: "begin"; readonly message: number; readonly lane: number }
  /** An attempt acts that was begun once, though it may have lost by now. */
  | { readonly do: (typeof ACTS)[number]; readonly attempt: number; readonly part: number };
type Timed = Step & { readonly wait: number };

/** Work is more common than its ends, or no play would come far. */
const ACTS = [
  ...(["run", "run", "run", "run", "run", "run", "run", "run", "next", "next", "store all"] as const),
  ...(["renew", "partDone", "plan", "dropPlan", "requeue", "leave", "finish", "pause"] as const),
];

/** What a play that comes far begins with. */
const PRELUDE: readonly Timed[] = [
  { do: "claim", object: "a", wait: 0 },
  { do: "begin", message: 0, lane: 0, wait: 0 },
  { do: "plan", attempt: 0, part: 1, wait: 0 },
];

function plays(waits: readonly number[]): fc.Arbitrary<Timed[]> {
  const act = fc.record({ do: fc.constantFrom(...ACTS), attempt: fc.nat(2), part: fc.integer({ min: 1, max: PARTS }) });
  const message = fc.constantFrom(0, 0, 0, 1);
  const step = fc.oneof(
    { weight: 2, arbitrary: fc.record({ do: fc.constant("claim" as const), object: fc.constantFrom("a", "a", "b") }) },
    { weight: 1, arbitrary: fc.constant({ do: "revoke" as const }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant("begin" as const), message, lane: fc.nat(2) }) },
    { weight: 24, arbitrary: act },
  );
  const timed = fc.tuple(step, fc.constantFrom(...waits)).map(([one, wait]): Timed => ({ ...one, wait }));
  const steps = fc.array(timed, { minLength: 1, maxLength: 80, size: "max" });
  return fc.tuple(fc.boolean(), steps).map(([prelude, rest]) => (prelude ? [...PRELUDE, ...rest] : rest));
}

/** An attempt as it sees itself, and what we know of it: that it must have lost, or be done with. */
type Attempt = {
  readonly fence: number;
  readonly lane: number;
  readonly holder: string;
  worksUntil: number;
  parts: readonly number[];
  joins: boolean;
  over: boolean;
};

/** Counted over all plays: what never happens proves nothing. */
const seen = { joins: 0, resumed: 0, overtaken: 0 };

/** Plays the steps on a gate and watches what must hold after each. */
async function play(steps: readonly Timed[]): Promise<void> {
  const clock = fakeClock(NOON);
  const givenUp: string[] = [];
  const gate = fakeFillGate(clock, TIMES, (_, { uploadId }) => givenUp.push(uploadId));
  const key = newKey();
  const attempts: Attempt[] = [];
  const messages: number[] = [];
  const uploads: string[] = [];
  const ended = new Set<number>();
  let stored = 0;
  let highestFence = 0;
  let object: string | null = null;
  let upload: string | null = null;
  let done = new Map<number, DonePart>();

  const alive = () => attempts.filter((one) => !one.over && one.worksUntil > clock.now());
  const endAll = (but?: Attempt) => {
    for (const one of attempts) if (one !== but) one.over = true;
  };
  const forget = () => {
    upload = null;
    done = new Map();
  };
  const newFence = (fence: number) => {
    expect(fence, "fences grow").toBeGreaterThan(highestFence);
    highestFence = fence;
  };

  async function store(attempt: Attempt, number: number): Promise<void> {
    const part = partOf(number, { etag: `etag-${++stored}` });
    const noted = await gate.partDone(key, attempt, part);
    expect(noted, "a part counts for who works on a plan").toBe(!attempt.over && upload !== null);
    if (!noted) return;
    attempt.worksUntil = clock.now() + leaseMs;
    done.set(number, part);
  }

  async function next(attempt: Attempt): Promise<void> {
    const work = await gate.next(key, attempt);
    expect(work.do === "lost", "who has lost is told so").toBe(attempt.over || upload === null);
    if (work.do === "lost") return;
    const others = attempts.filter((one) => one !== attempt && !one.over);
    const atWork = others.filter((one) => one.worksUntil > clock.now());
    attempt.worksUntil = clock.now() + leaseMs;
    attempt.parts = work.do === "parts" ? work.numbers : [];
    attempt.joins = work.do === "join";
    const taken = (one: Attempt) =>
      one.parts.some((number) => attempt.parts.includes(number)) || (one.joins && attempt.joins);
    expect(atWork.filter(taken), "nothing is told to two lanes at work").toEqual([]);
    if (work.do === "parts") {
      expect(
        work.numbers.filter((number) => done.has(number)),
        "nothing is done twice",
      ).toEqual([]);
      expect(work.numbers.length).toBeLessThanOrEqual(RUN_PARTS);
    } else if (work.do === "join") {
      seen.joins++;
      expect(work.parts, "all is joined").toEqual([...done.values()].toSorted((a, b) => a.number - b.number));
      expect(done.size).toBe(PARTS);
    } else {
      const inHand = new Set([...done.keys(), ...atWork.flatMap((one) => one.parts)]);
      expect(inHand.size, "there is nothing to do when others do it").toBe(PARTS);
    }
    for (const one of others.filter(taken)) {
      one.over = true;
      seen.overtaken++;
    }
  }

  async function act(attempt: Attempt, { do: what, part }: Extract<Step, { readonly attempt: number }>): Promise<void> {
    if (what === "next" || what === "run") await next(attempt);
    if (what === "next") return;
    if (what === "partDone") return await store(attempt, part);
    if (what === "run" || what === "store all") {
      for (const number of attempt.parts) await store(attempt, number);
      return;
    }
    if (what === "renew") {
      const renewed = await gate.renew(key, attempt);
      expect(renewed, "an attempt is alive unless it has lost").toBe(!attempt.over);
      if (renewed) attempt.worksUntil = clock.now() + leaseMs;
      return;
    }
    if (what === "plan") {
      const uploadId = `upload-${uploads.length}`;
      const planned = await gate.plan(key, attempt, planOf(PARTS, { uploadId }));
      expect(planned, "only who has not lost may plan").toBe(!attempt.over);
      if (!planned) return;
      uploads.push(uploadId);
      forget();
      upload = uploadId;
      endAll(attempt);
      Object.assign(attempt, { worksUntil: clock.now() + leaseMs, parts: [], joins: false });
      return;
    }
    if (what === "finish" || what === "pause") {
      // Whoever still thinks to be at work may say so, and is not heard when a purge or a newer claim came in between.
      await (what === "finish" ? gate.finish(key, attempt.fence, 0) : gate.pause(key, attempt.fence));
      if (attempt.fence !== highestFence || ended.has(attempt.fence)) return;
      if (what === "finish") {
        forget();
        ended.add(attempt.fence);
      }
      return endAll();
    }
    if (what === "dropPlan") await gate.dropPlan(key, attempt);
    else if (what === "requeue") await gate.requeue(key, attempt, MINUTE);
    else await gate.leave(key, attempt);
    if (attempt.over) return;
    if (what !== "dropPlan") attempt.over = true;
    else if (upload !== null) {
      forget();
      endAll(attempt);
      Object.assign(attempt, { worksUntil: clock.now() + leaseMs, parts: [], joins: false });
    }
  }

  for (const step of steps) {
    clock.advance(step.wait);
    if (step.do === "claim") {
      const fence = await gate.claim(key, offerOf({ boundTo: step.object }), false);
      if (fence === null) continue;
      expect(alive(), "nobody works when a claim is given").toEqual([]);
      newFence(fence);
      messages.push(fence);
      endAll();
      if (step.object !== object) forget();
      else if (upload !== null) seen.resumed++;
      object = step.object;
    } else if (step.do === "revoke") {
      newFence((await gate.revoke(key)).fence);
      endAll();
      forget();
    } else if (step.do === "begin") {
      const fence = messages.at(-1 - step.message);
      if (fence === undefined) continue;
      const attempt = holderOf(fence, step.lane, `holder-${attempts.length}`);
      const begun = await gate.begin(key, attempt);
      if (begun === "gone") continue;
      const before = attempts.filter((one) => one.lane === step.lane && !one.over);
      const busy = before.some((one) => one.worksUntil > clock.now());
      expect(begun === "busy", "a lane is one attempt's, while that is alive").toBe(busy);
      if (begun === "busy") continue;
      expect(fence, "an overtaken message never begins").toBe(highestFence);
      expect(ended, "nor one whose fill has ended").not.toContain(fence);
      expect(begun.plan?.uploadId ?? null, "what was done is found").toBe(upload);
      for (const one of before) one.over = true;
      attempts.push({ ...attempt, worksUntil: clock.now() + leaseMs, parts: [], joins: false, over: false });
    } else {
      const attempt = attempts.at(-1 - step.attempt);
      if (attempt) await act(attempt, step);
    }
    expect((await gate.progress(key))?.parts ?? 0, "what is done stays").toBe(done.size);
    const left = uploads.filter((one) => one !== upload);
    expect(givenUp, "every upload but the one at work is given up, once").toEqual(left);
  }
}

/** For a machine that has much else to do, in ms. */
const PATIENCE_MS = 60_000;

describe("whatever is asked of a gate, in whatever order", () => {
  it(
    "no work is two lanes' at once, nothing is lost that was done, and neither a purge nor an end is undone",
    async () => {
      const waits = [0, 0, 0, 1, 1, 1, 1, 1, 1, 10, SECOND, SECOND, leaseMs - 1, leaseMs, leaseMs + 1, queuedMs];
      await fc.assert(fc.asyncProperty(plays(waits), play), { numRuns: 2000 });
      expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
    },
    PATIENCE_MS,
  );

  it(
    "the same holds within one millisecond",
    async () => {
      await fc.assert(fc.asyncProperty(plays([0, 0, 0, 0, 0, 1, leaseMs]), play), { numRuns: 1000 });
    },
    PATIENCE_MS,
  );
});
