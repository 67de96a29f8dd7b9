import { describe, expect, it } from "vitest";
import { replayLetter } from "../../../src/app/dead-letters/replay.ts";
import { giveUp } from "../../../src/app/give-up.ts";
import { purge } from "../../../src/app/purge.ts";
import { keyText } from "../../../src/core/entry-key.ts";
import { HOUR, NOON, presigned } from "../../core/samples.ts";
import { ACME, fillAll, isClaimed, makeReady, register, sourceOf, tracesOf, URL_B, want } from "../world.ts";
import { givenUp, LETTER } from "./given-up.ts";

const replay = (world: Awaited<ReturnType<typeof givenUp>>["world"]) => replayLetter(LETTER, "request-2", world);
const refused = (code: string, message: string | RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

describe("a fill that is sent again", () => {
  it("asks as whoever asked first: with their key, trust, expiry and tags", async () => {
    const wish = { trusted: true, expiresAt: NOON + HOUR, tags: ["a"] };
    const { world, source, message } = await givenUp(wish);
    await replay(world);
    expect(world.queue.messages).toEqual([
      { ...message, fence: expect.any(Number), requestId: "request-2", sealedUrl: expect.any(String) },
    ]);
    expect(world.queue.messages[0]?.fence).toBeGreaterThan(message.fence);
    await fillAll(world);
    const { expiresAt, tags } = wish;
    expect(await world.ledger.find(source.key)).toMatchObject({ state: "ready", trusted: true, expiresAt, tags });
  });

  it("is seen by whoever asks next as soon as it is there", async () => {
    const { world, source } = await givenUp();
    await replay(world);
    expect(world.wishes.recent.awaits(keyText(source.key), world.clock.now())).toBe(true);
  });

  it("waits for no quiet, as an operator means it", async () => {
    const { world, source } = await givenUp();
    world.origin.answers.set(source.url.fetchText, { status: 404 });
    await want(source, world);
    await fillAll(world);
    expect(await replay(world)).toMatchObject({ status: "queued" });
  });

  it("leaves the fill alone that somebody else has asked for meanwhile", async () => {
    const { world, source } = await givenUp();
    await want(source, world);
    expect(await replay(world)).toMatchObject({ status: "filling" });
    expect(world.queue.messages).toHaveLength(1);
    expect(world.deadLetters.rows).toMatchObject([{ replayedAt: null }]);
    await fillAll(world);
    expect(await replay(world)).toMatchObject({ status: "ready" });
    expect(world.deadLetters.rows).toMatchObject([{ replayedAt: world.clock.now() }]);
  });

  it("is not lost when it is asked for while its message is just being given up", async () => {
    const { world, source, message } = await givenUp();
    world.deadLetters.rows.splice(0);
    await want(source, world);
    const again = { ...message, fence: world.queue.take()[0]?.fence ?? 0 };
    const finish = world.gate.finish.bind(world.gate);
    const asked: string[] = [];
    const gate = {
      ...world.gate,
      finish: async (...given: Parameters<typeof finish>) => {
        asked.push((await replay(world)).status);
        await finish(...given);
      },
    };
    await giveUp(again, LETTER, { ...world, gate });
    expect(asked).toEqual(["filling"]);
    expect(await replay(world)).toMatchObject({ status: "queued" });
  });

  it("has nothing to do where there is a copy by now", async () => {
    const { world, source } = await givenUp();
    await makeReady(world, source);
    expect(await replay(world)).toMatchObject({ status: "ready" });
    expect([world.queue.messages, isClaimed(world, source.key)]).toEqual([[], false]);
  });

  it("makes a copy of an entry that was purged meanwhile, as a download would", async () => {
    const { world, source } = await givenUp();
    await purge(source.key, "asked", world);
    await replay(world);
    await fillAll(world);
    expect(tracesOf(world, source.key)).toContain("ledger");
  });
});

describe("a fill is not sent again, and it is said why,", () => {
  it("when its URL has ended", async () => {
    const { world } = await givenUp();
    world.clock.set(NOON + HOUR);
    await expect(replay(world)).rejects.toEqual(refused("SOURCE_EXPIRED", "2026-11-20T13:00:00.000Z"));
    expect(world.deadLetters.rows).toMatchObject([{ replayedAt: null, urlEndsAt: NOON + HOUR }]);
  });

  it("when its origin is not allowed any more", async () => {
    const { world } = await givenUp();
    register(world, { ...ACME, originRules: [] });
    await expect(replay(world)).rejects.toEqual(refused("NOT_REPLAYABLE", "allow-list"));
  });

  it("when its tenant is gone", async () => {
    const { world } = await givenUp();
    world.directory.known.splice(0);
    await expect(replay(world)).rejects.toEqual(refused("NOT_REPLAYABLE", "tenant is gone"));
  });

  it("when the moment has come at which the copy was to be gone", async () => {
    const url = presigned("https://bucket.s3.amazonaws.com/a.mp4", { expires: "86400" });
    const { world } = await givenUp({ expiresAt: NOON + HOUR }, url);
    world.clock.set(NOON + HOUR);
    await expect(replay(world)).rejects.toEqual(refused("NOT_REPLAYABLE", "was to be gone"));
  });

  it("when its key names another object by now", async () => {
    const { world, source } = await givenUp();
    const other = { ...(await sourceOf(URL_B)), key: source.key };
    await makeReady(world, other, { trusted: true });
    await expect(replay(world)).rejects.toEqual(refused("NOT_REPLAYABLE", "another object"));
    expect(await world.ledger.find(source.key)).toMatchObject({ boundTo: other.identity, state: "ready" });
  });
});
