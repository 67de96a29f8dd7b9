import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fill } from "../../src/app/fill.ts";
import type { FillMessage } from "../../src/core/fills/fill-message.ts";
import type { NextWork } from "../../src/ports/fill-gate.ts";
import { consume } from "./consuming.ts";
import { mortal, mourn } from "./mortal.ts";
import { askedFor, pattern, ranged, SMALL, type SmallWorld, sha256, smallWorld, storedIn } from "./small-parts.ts";
import { DONE } from "./wanted.ts";
import { URL_A, useFakeTimers } from "./world.ts";

const PART = SMALL.partBytes;
/** 100 parts, so that each lane is told to fetch some more than once. */
const BODY = pattern(100 * PART - 3);
const FIRST_BYTES = Array.from({ length: 100 }, (_, part) => part * PART);
const WHOLE = { objects: [sha256(BODY)], uploads: 0 };

beforeEach(useFakeTimers);
afterEach(() => {
  vi.useRealTimers();
});

/** The gate, writing down what each lane was told to do. */
function told(world: SmallWorld) {
  const work: { readonly lane: number; readonly what: NextWork["do"] }[] = [];
  const gate: typeof world.gate = {
    ...world.gate,
    async next(key, holder) {
      const next = await world.gate.next(key, holder);
      work.push({ lane: holder.lane, what: next.do });
      return next;
    },
  };
  return { parts: { ...world, gate }, work };
}

/**
 * Has something happen once a lane has so many parts. The others are done with none of theirs before: on a busy machine
 * they could be done with all that there is.
 */
function foundOut(world: SmallWorld, { lane, parts }: { lane: number; parts: number }, happens: () => void) {
  const happened = Promise.withResolvers<void>();
  let had = 0;
  const gate: typeof world.gate = {
    ...world.gate,
    async partDone(...call) {
      if (call[1].lane !== lane) await happened.promise;
      else if (++had === parts) {
        happens();
        happened.resolve();
      }
      return await world.gate.partDone(...call);
    },
  };
  return { ...world, gate };
}

describe("four lanes side by side", () => {
  it("fetch each part once, and one of them joins all", async () => {
    const { world, key, message } = await smallWorld(ranged(BODY));
    const { parts, work } = told(world);
    expect(await consume([message], world, parts)).toEqual([DONE, DONE, DONE, DONE]);
    const [whole, ...ranges] = askedFor(world);
    expect(whole).toBeNull();
    expect(ranges.toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual(FIRST_BYTES);
    expect(new Set(work.filter(({ what }) => what === "parts").map(({ lane }) => lane))).toEqual(new Set([0, 1, 2, 3]));
    expect(work.filter(({ what }) => what === "join")).toHaveLength(1);
    expect(storedIn(world)).toEqual(WHOLE);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", copy: { size: BODY.length } });
  });

  it("ask with If-Match, and read nothing of the first answer", async () => {
    const { world, message, sent } = await smallWorld(ranged(BODY));
    await consume([message], world);
    const conditions = world.origin.calls.map(({ fields }) => fields?.ifMatch);
    expect(conditions.slice(1)).toEqual(FIRST_BYTES.map(() => '"v1"'));
    expect(sent.bytes).toBe(BODY.length);
  });

  it("leave a digest over those of the parts, and none of the whole", async () => {
    const { world, key, message } = await smallWorld(ranged(BODY));
    await consume([message], world);
    const all = createHash("sha256");
    for (const start of FIRST_BYTES)
      all.update(
        createHash("sha256")
          .update(BODY.subarray(start, start + PART))
          .digest(),
      );
    const partsDigest = { sha256: all.digest("hex"), partBytes: PART };
    expect((await world.ledger.find(key))?.copy).toMatchObject({ sha256: null, partsDigest });
  });

  it("are one where the messages of the others are lost", async () => {
    const { world, message } = await smallWorld(ranged(BODY));
    expect(await fill(message, 1, { ...world, queue: { ...world.queue, send: async () => {} } })).toEqual(DONE);
    expect(storedIn(world)).toEqual(WHOLE);
  });

  it("are none for a message that comes before there is a plan, or after all is done", async () => {
    const { world, message, sent } = await smallWorld(ranged(BODY));
    const other: FillMessage = { ...message, lane: 2 };
    expect(await fill(other, 1, world)).toEqual(DONE);
    expect(world.origin.calls).toEqual([]);
    await consume([message], world);
    expect(await fill(other, 1, world)).toEqual(DONE);
    expect(sent.bytes).toBe(BODY.length);
  });
});

describe("lanes that die", () => {
  const lives = fc.array(fc.record({ calls: fc.integer({ min: 1, max: 120 }), late: fc.boolean() }), {
    minLength: 4,
    maxLength: 4,
  });

  it("cost at most a part each: the others, or those that come after them, do what they left", async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (drawn) => {
        const { world, message, sent } = await smallWorld(ranged(BODY));
        let kills = 0;
        const running: Promise<unknown>[] = [];
        const messages = [message];
        const start = (each: FillMessage) => {
          const { parts, death } = mortal(world, drawn[each.lane] ?? { calls: 1, late: false });
          const outcome = Promise.race([fill(each, 1, parts), death]);
          running.push(outcome.then((end) => (kills += end === "killed" ? 1 : 0)));
        };
        start(message);
        // The others begin as soon as the first has told them to.
        while (running.length < 4) {
          const [sentNow, before] = [world.queue.take(), kills];
          for (const each of sentNow) {
            messages.push(each);
            start(each);
          }
          if (before > 0 && sentNow.length === 0) break;
          await vi.advanceTimersByTimeAsync(0);
        }
        await Promise.all(running);
        mourn(world);
        await consume(messages, world);
        expect(storedIn(world).objects).toEqual(WHOLE.objects);
        for (const { parts } of world.store.uploads.values()) expect(parts.size).toBe(0);
        expect(sent.bytes - BODY.length).toBeLessThanOrEqual(kills * PART);
      }),
      { numRuns: 20, seed: 4 },
    );
  });
});

describe("a lane whose attempts are spent", () => {
  it("ends nothing that the others do: the first has its share, and one attempt more", async () => {
    const { world, key, message } = await smallWorld(ranged(BODY));
    const sent: FillMessage[] = [];
    const dead: typeof world.gate = { ...world.gate, next: () => Promise.reject(new Error("the gate is down")) };
    expect(await fill(message, 1, { ...world, gate: dead })).toEqual({ retryInSeconds: 1 });
    sent.push(...world.queue.take());
    world.origin.answers.set(URL_A, { status: 500 });
    const [second] = sent;
    if (!second) throw new Error("no other lane was asked");
    expect(await fill({ ...second, spent: world.maxAttempts - 1 }, 1, world)).toEqual(DONE);
    expect(await world.ledger.find(key)).toMatchObject({ state: "filling", failure: { code: "ORIGIN_ERROR" } });
    expect(await world.gate.progress(key)).not.toBeNull();
    expect(world.queue.messages).toMatchObject([{ lane: 0, spent: world.maxAttempts - 1 }]);
    world.origin.answers.set(URL_A, ranged(BODY));
    await consume([], world);
    expect(storedIn(world)).toEqual(WHOLE);
  });
});

describe("an object that changes while four lanes fetch it", () => {
  it.each([0, 1, 3])(
    "as lane %i finds out first: wholly the new one is published, and none of the old stays",
    async (lane) => {
      const after = pattern(90 * PART, 77);
      const { world, key, message } = await smallWorld(ranged(BODY));
      const changes = () => world.origin.answers.set(URL_A, ranged(after, { etag: '"v2"' }));
      await consume([message], world, foundOut(world, { lane, parts: 2 }, changes));
      await world.settled();
      expect(storedIn(world)).toEqual({ objects: [sha256(after)], uploads: 0 });
      expect(await world.ledger.find(key)).toMatchObject({ state: "ready", copy: { originEtag: '"v2"' } });
    },
  );
});

describe("an origin that", () => {
  it("has two versions and sends one or the other is asked no more often than there are attempts", async () => {
    const { world, key, message } = await smallWorld(ranged(BODY));
    let calls = 0;
    world.origin.answers.set(URL_A, () => ranged(BODY, { etag: `"v${calls++ % 7 === 0 ? 1 : 2}"` }));
    await consume([message], world);
    await world.settled();
    expect(await world.ledger.find(key)).toMatchObject({ state: "failed", failure: { code: "SOURCE_CHANGED" } });
    expect(askedFor(world).filter((first) => first === null).length).toBeLessThanOrEqual(2 * world.maxAttempts);
    expect(storedIn(world)).toEqual({ objects: [], uploads: 0 });
  });

  it.each([0, 1, 2, 3])(
    "sends the whole for a part, as lane %i finds out first, is read as one stream",
    async (lane) => {
      const { world, key, message } = await smallWorld(ranged(BODY));
      const changes = () => world.origin.answers.set(URL_A, { ...ranged(BODY), ranges: false });
      await consume([message], world, foundOut(world, { lane, parts: 1 }, changes));
      await world.settled();
      expect(storedIn(world)).toEqual(WHOLE);
      expect(await world.ledger.find(key)).toMatchObject({ state: "ready", copy: { sha256: sha256(BODY) } });
    },
  );
});

describe("a store that loses the upload of four lanes", () => {
  it("is given all of it anew", async () => {
    const { world, key, message } = await smallWorld(ranged(BODY));
    let parts = 0;
    const gate: typeof world.gate = {
      ...world.gate,
      async partDone(...call) {
        parts += 1;
        if (parts === 30) world.store.uploads.clear();
        return await world.gate.partDone(...call);
      },
    };
    await consume([message], world, { ...world, gate });
    await world.settled();
    expect(storedIn(world)).toEqual(WHOLE);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", failure: null });
  });
});
