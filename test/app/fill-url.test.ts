import { describe, expect, it } from "vitest";
import { fill } from "../../src/app/fill.ts";
import { HOUR, MINUTE, NOON, presigned } from "../core/samples.ts";
import { consume } from "./consuming.ts";
import { askedFor, pattern, ranged, SMALL, sha256, smallWorld, storedIn } from "./small-parts.ts";
import { DONE } from "./wanted.ts";
import { isClaimed, onlyMessage, sourceOf, URL_A, want } from "./world.ts";

/** As {@link URL_A}, but it ends in a minute. */
const SHORT = presigned("https://bucket.s3.amazonaws.com/a.mp4", { expires: "60" });
const BODY = pattern(6 * SMALL.partBytes);
const WHOLE = { objects: [sha256(BODY)], uploads: 0 };

/** A fill by {@link SHORT} whose only attempt was cut in its third part; from now on the origin serves {@link URL_A} too. */
async function cutWorld() {
  const made = await smallWorld({ ...ranged(BODY), cutAfter: 25 }, { url: SHORT });
  expect(await fill(made.message, 1, made.world)).toEqual({ retryInSeconds: 1 });
  made.world.origin.answers.set(SHORT, ranged(BODY)).set(URL_A, ranged(BODY));
  return made;
}

/** Which URL each call was for. */
function urls({ origin }: Awaited<ReturnType<typeof cutWorld>>["world"]): string[] {
  return origin.calls.map(({ url }) => (url === URL_A ? "long" : "short"));
}

describe("a URL that ends before all is fetched", () => {
  it("is replaced by one that somebody brought meanwhile: only what is missing is fetched", async () => {
    const { world, message } = await cutWorld();
    await want(await sourceOf(URL_A), world);
    expect(world.queue.messages).toEqual([]);
    world.clock.advance(MINUTE);
    expect(await fill(message, 2, world)).toEqual(DONE);
    expect(askedFor(world)).toEqual([null, 20, 30, 40, 50]);
    expect(urls(world)).toEqual(["short", "long", "long", "long", "long"]);
    expect(storedIn(world)).toEqual(WHOLE);
  });

  it("is replaced in the middle of an attempt, between two parts", async () => {
    const { world, message } = await cutWorld();
    const gate: typeof world.gate = {
      ...world.gate,
      async partDone(...call) {
        if (call[2].number === 4) {
          await want(await sourceOf(URL_A), world);
          world.clock.advance(MINUTE);
        }
        return await world.gate.partDone(...call);
      },
    };
    expect(await fill(message, 2, { ...world, gate })).toEqual(DONE);
    expect(urls(world)).toEqual(["short", "short", "short", "long", "long"]);
    expect(storedIn(world)).toEqual(WHOLE);
  });

  it("ends the fill when nobody brought another: what is done waits for whoever does", async () => {
    const { world, key, message } = await cutWorld();
    world.clock.advance(MINUTE);
    expect(await fill(message, 2, world)).toEqual(DONE);
    expect(await world.ledger.find(key)).toMatchObject({ state: "failed", failure: { code: "URL_EXPIRED" } });
    expect(world.store.uploads.size).toBe(1);
    expect(await fill(message, 3, world)).toEqual(DONE);
    expect(askedFor(world)).toEqual([null]);

    await want(await sourceOf(URL_A), world);
    expect(await fill(onlyMessage(world), 1, world)).toEqual(DONE);
    expect(askedFor(world)).toEqual([null, 20, 30, 40, 50]);
    expect(storedIn(world)).toEqual(WHOLE);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", failure: null });
  });

  it("ends the fill in the middle of an attempt, too, and loses nothing", async () => {
    const { world, message } = await cutWorld();
    const gate: typeof world.gate = {
      ...world.gate,
      async partDone(...call) {
        if (call[2].number === 4) world.clock.advance(MINUTE);
        return await world.gate.partDone(...call);
      },
    };
    expect(await fill(message, 2, { ...world, gate })).toEqual(DONE);
    await want(await sourceOf(URL_A), world);
    await consume([onlyMessage(world)], world);
    expect(askedFor(world)).toEqual([null, 20, 30, 40, 50]);
    expect(storedIn(world)).toEqual(WHOLE);
  });

  it("is not asked any more when the object is found to have changed: the better one is", async () => {
    const { world, key, message } = await cutWorld();
    const gate: typeof world.gate = {
      ...world.gate,
      async partDone(...call) {
        if (call[2].number === 4) {
          await want(await sourceOf(URL_A), world);
          world.clock.advance(MINUTE);
          world.origin.answers.set(SHORT, { status: 403 }).set(URL_A, ranged(BODY.slice(0, 33), { etag: '"v2"' }));
        }
        return await world.gate.partDone(...call);
      },
    };
    expect(await fill(message, 2, { ...world, gate })).toEqual(DONE);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", copy: { originEtag: '"v2"' } });
    await world.settled();
    expect(storedIn(world)).toEqual({ objects: [sha256(BODY.slice(0, 33))], uploads: 0 });
  });

  it("is not replaced for who has lost its lane meanwhile: it begins in none anew", async () => {
    const { world, key, message } = await cutWorld();
    let evicted = false;
    const gate: typeof world.gate = {
      ...world.gate,
      async partDone(...call) {
        const noted = await world.gate.partDone(...call);
        if (evicted) return noted;
        evicted = true;
        await want(await sourceOf(URL_A), world);
        world.clock.advance(MINUTE);
        // Somebody has taken its lane, and left it again.
        await world.gate.begin(key, { ...call[1], holder: "other" });
        await world.gate.leave(key, { ...call[1], holder: "other" });
        return noted;
      },
    };
    expect(await fill(message, 2, { ...world, gate })).toEqual(DONE);
    expect(askedFor(world)).toEqual([null, 20]);
    expect(isClaimed(world, key)).toBe(false);
  });

  it("before it says so, as with temporary credentials, leaves what is done to whoever brings another", async () => {
    const { world, key, message } = await cutWorld();
    world.origin.answers.set(SHORT, { status: 403 });
    expect(await fill(message, 2, world)).toEqual(DONE);
    expect(await world.ledger.find(key)).toMatchObject({ state: "failed", failure: { code: "ORIGIN_REFUSED" } });
    expect(await fill(message, 3, world)).toEqual(DONE);
    await want(await sourceOf(URL_A), world);
    expect(await fill(onlyMessage(world), 1, world)).toEqual(DONE);
    expect(askedFor(world)).toEqual([null, 20, 20, 30, 40, 50]);
    expect(storedIn(world)).toEqual(WHOLE);
  });

  it("is kept in the place of one that lives shorter", async () => {
    const { world, message } = await cutWorld();
    await want(await sourceOf(presigned("https://bucket.s3.amazonaws.com/a.mp4", { expires: "30" })), world);
    expect(await fill(message, 2, world)).toEqual(DONE);
    expect(new Set(urls(world))).toEqual(new Set(["short"]));
  });

  it("of another object is never taken for it", async () => {
    const { world, message } = await cutWorld();
    const other = await sourceOf(presigned("https://bucket.s3.amazonaws.com/b.mp4"));
    await want({ ...other, key: (await sourceOf(SHORT)).key }, world);
    world.clock.advance(MINUTE);
    expect(await fill(message, 2, world)).toEqual(DONE);
    expect(askedFor(world)).toEqual([null]);
  });

  it("whose parts nobody comes for is forgotten with them after a day", async () => {
    const { world, message } = await cutWorld();
    world.clock.advance(MINUTE);
    await fill(message, 2, world);
    world.clock.set(NOON + 25 * HOUR);
    const late = presigned("https://bucket.s3.amazonaws.com/a.mp4", { date: "20261121T125900Z" });
    world.origin.answers.set(late, ranged(BODY));
    await want(await sourceOf(late), world);
    await consume([onlyMessage(world)], world);
    await world.settled();
    expect(askedFor(world)).toEqual([null, null]);
    expect(storedIn(world)).toEqual(WHOLE);
  });
});
