import { afterEach, describe, expect, it, vi } from "vitest";
import { fill } from "../../src/app/fill.ts";
import { accessProver, PROBE_BUDGET_MS } from "../../src/app/prove-access.ts";
import { type Ask, resolve } from "../../src/app/resolve.ts";
import { unseal } from "../../src/core/crypto/seal.ts";
import type { Tenant } from "../../src/core/tenant.ts";
import { HOUR, MINUTE, NOON, presigned, SECOND, SIGNING } from "../core/samples.ts";
import { ask, HIT, MISS, OPEN, probes, readyWorld } from "./asking.ts";
import { quiet } from "./quiet.ts";
import {
  ACME,
  generationOf,
  HELLO,
  hanging,
  makeReady,
  makeWorld,
  onlyMessage,
  passingTime,
  sourceOf,
  URL_A,
  useFakeTimers,
} from "./world.ts";

afterEach(() => {
  vi.useRealTimers();
});

const STRANGER: Omit<Ask, "source"> = {
  ...{ tenant: ACME, trusted: false, signed: null, method: "GET", requestId: "r" },
  ...{ credentialed: false, passing: null },
};

describe("a miss", () => {
  it("goes to the origin, and one fill is queued behind the caller's back", async () => {
    const world = makeWorld();
    expect(await ask(world)).toEqual({ location: URL_A, cacheStatus: MISS });
    const { key, publicKey } = await sourceOf();
    const message = onlyMessage(world);
    expect(message).toMatchObject({ tenant: "acme", entry: key.id, publicKey, trusted: false, requestId: "request-1" });
    expect(await unseal(world.ring, "stored-url", message.sealedUrl, `acme/${key.id}`)).toBe(URL_A);
    expect(world.origin.calls).toEqual([]);
  });

  it("lets no part of the signed URL into the queue", async () => {
    const world = makeWorld();
    await ask(world, { url: presigned("https://bucket.s3.amazonaws.com/secret.mp4", { token: "session-token" }) });
    const text = JSON.stringify(world.queue.messages);
    for (const secret of ["secret.mp4", "session-token", SIGNING.signature, SIGNING.accessKey, "amazonaws"]) {
      expect(text).not.toContain(secret);
    }
  });

  it("is filled once, however many ask while the fill is under way", async () => {
    const world = makeWorld();
    await Promise.all([ask(world), ask(world), ask(world, { trusted: true })]);
    await ask(world);
    expect(world.queue.messages).toHaveLength(1);
  });

  it("is filled once, also while the consumer is at it", async () => {
    const world = makeWorld();
    await ask(world);
    const message = onlyMessage(world);
    const halfway = Promise.withResolvers<typeof HELLO>();
    world.origin.answers.set(URL_A, () => halfway.promise);
    const filled = fill(message, 1, world);
    await vi.waitFor(() => expect(world.origin.calls).toHaveLength(1));
    expect(await ask(world)).toEqual({ location: URL_A, cacheStatus: MISS });
    expect(world.queue.messages).toEqual([]);
    halfway.resolve(HELLO);
    await filled;
    expect(await ask(world)).toMatchObject({ cacheStatus: HIT });
  });

  it("is filled again when the first fill was given up", async () => {
    const world = makeWorld();
    await ask(world);
    world.clock.advance(15 * MINUTE);
    await ask(world);
    expect(world.queue.messages).toHaveLength(2);
  });

  it("of another's key is filled for each tenant", async () => {
    const world = makeWorld();
    await ask(world, { key: "movie" });
    await ask(world, { key: "movie", tenant: { ...ACME, id: "other" as Tenant["id"] } });
    expect(world.queue.messages.map(({ tenant }) => tenant)).toEqual(["acme", "other"]);
  });

  it("is answered before the gate and the queue are", async () => {
    const world = makeWorld();
    const source = await sourceOf();
    const slow = { ...world, gate: hanging(world.gate), queue: hanging(world.queue) };
    const asked = { ...STRANGER, source };
    expect(await resolve(asked, slow)).toMatchObject({ location: URL_A, cacheStatus: MISS });
  });
});

describe("a hit, where the origin checks its links", () => {
  it("goes to the copy once the origin has said yes to this very URL", async () => {
    const world = await readyWorld();
    const { key } = await sourceOf();
    const { location, cacheStatus } = await ask(world);
    expect(cacheStatus).toBe(HIT);
    const copy = await generationOf(world, key);
    expect(location).toBe(`https://edge.test/acme/${key.id}/${copy}/a.mp4?until=${NOON + HOUR}&method=GET`);
    expect(world.origin.calls).toEqual([{ what: "probe", url: URL_A }]);
    expect(world.usage.events).toEqual([{ kind: "hit", key, rule: null, assumed: null }]);
    expect(world.queue.messages).toEqual([]);
  });

  it("asks the origin once for each URL, and remembers a yes for five minutes", async () => {
    const world = await readyWorld();
    for (const wait of [0, MINUTE, 4 * MINUTE - 1]) {
      world.clock.advance(wait);
      expect(await ask(world)).toMatchObject({ cacheStatus: HIT });
    }
    expect(probes(world)).toBe(1);
    world.clock.advance(1);
    await ask(world);
    expect(probes(world)).toBe(2);
  });

  it("remembers a no for half a minute", async () => {
    const world = await readyWorld();
    world.origin.answers.set(URL_A, { status: 403 });
    await ask(world);
    world.clock.advance(30 * SECOND - 1);
    expect(await ask(world)).toEqual({ location: URL_A, cacheStatus: MISS });
    expect(probes(world)).toBe(1);
    world.origin.answers.set(URL_A, HELLO);
    world.clock.advance(1);
    expect(await ask(world)).toMatchObject({ cacheStatus: HIT });
  });

  it("asks once for several who come at once", async () => {
    const world = await readyWorld();
    const answer = Promise.withResolvers<typeof HELLO>();
    world.origin.answers.set(URL_A, () => answer.promise);
    const asked = [ask(world), ask(world), ask(world)];
    await quiet();
    answer.resolve(HELLO);
    expect((await Promise.all(asked)).map(({ cacheStatus }) => cacheStatus)).toEqual([HIT, HIT, HIT]);
    expect(probes(world)).toBe(1);
  });

  it("asks anew for another signing of the same object", async () => {
    const world = await readyWorld();
    const again = presigned("https://bucket.s3.amazonaws.com/a.mp4", { signature: "0".repeat(64) });
    world.origin.answers.set(again, { status: 403 });
    expect(await ask(world)).toMatchObject({ cacheStatus: HIT });
    expect(await ask(world, { url: again })).toEqual({ location: again, cacheStatus: MISS });
  });

  it("is none for a URL without its signature", async () => {
    const world = await readyWorld();
    const bare = "https://bucket.s3.amazonaws.com/a.mp4";
    world.origin.answers.set(bare, { status: 403 });
    expect(await ask(world, { url: bare })).toEqual({ location: bare, cacheStatus: MISS });
  });

  it("looks like a miss when the origin says no, and nothing is filled", async () => {
    const world = await readyWorld();
    world.origin.answers.set(URL_A, { status: 403 });
    expect(await ask(world)).toEqual({ location: URL_A, cacheStatus: MISS });
    expect(world.queue.messages).toEqual([]);
    expect(world.usage.events).toMatchObject([{ kind: "bypass", reason: "refused" }]);
  });

  it("goes to the origin after a second without its word", async () => {
    const world = await readyWorld();
    useFakeTimers();
    const prove = accessProver(hanging(world.origin), world.clock, world.report);
    const { value, ms } = await passingTime(ask({ ...world, prove }));
    expect(value).toEqual({ location: URL_A, cacheStatus: MISS });
    expect(ms).toBe(PROBE_BUDGET_MS);
    expect(world.queue.messages).toEqual([]);
  });

  it("needs no less proof of a caller that we know", async () => {
    const world = await readyWorld();
    world.origin.answers.set(URL_A, { status: 403 });
    expect(await ask(world, { trusted: true })).toEqual({ location: URL_A, cacheStatus: MISS });
  });
});

describe("a hit", () => {
  it("is handed over without a question where the origin is public", async () => {
    const world = await readyWorld(OPEN);
    expect(await ask(world, { url: OPEN })).toMatchObject({ cacheStatus: HIT });
    expect(world.origin.calls).toEqual([]);
  });

  it("ends no later than the link that it stands for", async () => {
    const world = await readyWorld();
    const url = presigned("https://bucket.s3.amazonaws.com/a.mp4", { expires: "600" });
    world.origin.answers.set(url, HELLO);
    expect((await ask(world, { url })).location).toContain(`until=${NOON + 10 * MINUTE}&`);
  });

  it("ends soon where only the origin's word opened it, and may be withdrawn at any moment", async () => {
    const bare = "https://bucket.s3.amazonaws.com/a.mp4";
    const world = await readyWorld();
    world.origin.answers.set(bare, HELLO);
    expect((await ask(world, { url: bare })).location).toContain(`until=${NOON + 5 * MINUTE}&`);
    expect((await ask(await readyWorld(OPEN), { url: OPEN })).location).toContain(`until=${NOON + HOUR}&`);
  });

  it("ends no later than the tenant's wish", async () => {
    const world = makeWorld();
    await makeReady(world, await sourceOf(), { expiresAt: NOON + MINUTE });
    expect((await ask(world)).location).toContain(`until=${NOON + MINUTE}&`);
  });

  it("remembers the way to the origin in its link", async () => {
    const world = await readyWorld();
    const sign = vi.spyOn(world.links.edge, "sign");
    await ask(world);
    expect(sign.mock.lastCall?.[0]).toMatchObject({ originUrl: URL_A });
  });

  it.each(["GET", "HEAD"] as const)("by %s gets a link for that method", async (method) => {
    expect((await ask(await readyWorld(), { method })).location).toContain(`method=${method}`);
  });

  it.each([
    ["edge", true, "https://edge.test/"],
    ["presigned", true, "https://store.test/"],
    ["presigned", false, "https://edge.test/"],
  ] as const)("of a tenant with %s links, these offered: %j, begins %s", async (delivery, offered, start) => {
    const world = await readyWorld();
    const links = { ...world.links, presigned: offered ? world.links.presigned : null };
    const { location } = await ask({ ...world, links }, { tenant: { ...ACME, delivery } });
    expect(location.startsWith(start)).toBe(true);
  });
});
