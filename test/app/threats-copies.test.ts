import { describe, expect, it } from "vitest";
import { fill } from "../../src/app/fill.ts";
import { purge } from "../../src/app/purge.ts";
import { resolveKey } from "../../src/app/resolve-key.ts";
import { unseal } from "../../src/core/crypto/seal.ts";
import { keyText } from "../../src/core/entry-key.ts";
import { linkToken, readLinkToken } from "../../src/core/link.ts";
import type { AccessMode, Tenant } from "../../src/core/tenant.ts";
import { NOON, presigned, SECOND } from "../core/samples.ts";
import { ask, HIT, MISS, readyWorld } from "./asking.ts";
import { answered, linkTo, served } from "./delivered.ts";
import { acme, s3Link, tampered } from "./proofs.ts";
import { version, wantedWorld } from "./wanted.ts";
import {
  ACME,
  failing,
  fillAll,
  generationOf,
  HELLO,
  makeReady,
  makeWorld,
  onlyMessage,
  sourceOf,
  traced,
  URL_A,
  type World,
  want,
} from "./world.ts";

// The rows of THREATS that concern what costs, what an answer gives away, and which copy is served.

const ADDRESS = "https://bucket.s3.amazonaws.com/a.mp4";

describe("THREATS 21: parameters that nobody signed cost nothing", () => {
  const LINK = "https://storage.googleapis.com/bucket/a?GoogleAccessId=a%40b.co&Expires=1795179600&Signature=c2ln";

  it("THREATS 21: any number of them is one entry and one fill, which does not send them", async () => {
    const world = makeWorld();
    for (let number = 0; number < 50; number++) await ask(world, { url: `${LINK}&utm_${number}=${number}` });
    const message = onlyMessage(world);
    const { key } = await sourceOf(LINK);
    expect(message.entry).toBe(key.id);
    expect(await unseal(world.ring, "stored-url", message.sealedUrl, keyText(key))).toBe(LINK);
    world.origin.answers.set(LINK, HELLO);
    await fill(message, 1, world);
    expect(world.origin.calls).toEqual([{ what: "open", url: LINK, fields: {} }]);
    expect(world.store.objects.size).toBe(1);
  });

  it("THREATS 21: who adds some is still sent to the URL that they gave", async () => {
    const url = `${LINK}&utm_source=a`;
    expect(await ask(makeWorld(), { url })).toEqual({ location: url, cacheStatus: MISS });
  });

  it("THREATS 21: where nothing but a link of the tenant's counts, strangers cause no work at all", async () => {
    const world = makeWorld();
    const tenant = await acme(world.ring, "signed");
    for (let number = 0; number < 10; number++)
      await ask(world, { tenant, url: await s3Link(`${ADDRESS}?v=${number}`) });
    expect([world.queue.messages, world.origin.calls]).toEqual([[], []]);
  });
});

describe("THREATS 22: a purge is seen at once by whoever holds a link", () => {
  it("THREATS 22: a link is to one generation: after a purge it leads to the origin, and so it does after a refill", async () => {
    const world = makeWorld();
    const source = await sourceOf();
    const { key, copy } = await makeReady(world, source);
    const link = linkTo({ key, generation: copy.generation, originUrl: URL_A });
    expect((await readLinkToken(world.ring, await linkToken(world.ring, link)))?.generation).toBe(copy.generation);
    expect(await answered(world, link)).toBe("hello");
    await purge(key, "asked", world);
    expect(await answered(world, link)).toBe(URL_A);
    world.origin.answers.set(URL_A, version("newer"));
    world.clock.advance(SECOND);
    await makeReady(world, source);
    expect(await answered(world, link)).toBe(URL_A);
  });

  it("THREATS 22: an index that has not heard of it sends nobody to bytes that are gone", async () => {
    const world = await readyWorld();
    const { key } = await sourceOf();
    const before = structuredClone(world.index.entries);
    const generation = await generationOf(world, key);
    await purge(key, "asked", world);
    for (const [name, entry] of before) world.index.entries.set(name, entry);
    expect(await ask(world)).toMatchObject({ cacheStatus: HIT });
    expect(await answered(world, linkTo({ key, generation, originUrl: URL_A }))).toBe(URL_A);
  });
});

describe("THREATS 23: nobody learns what we hold who may not have it", () => {
  it.each<[string, AccessMode, () => Promise<string>]>([
    ["a bad signature under verify", "verify", async () => tampered(await s3Link(ADDRESS))],
    ["no link of the tenant's under signed", "signed", async () => await s3Link(ADDRESS)],
    ["a URL that has ended", "verify", async () => presigned(ADDRESS, { date: "20261120T100000Z" })],
  ])("THREATS 23: %s gets one answer, held or not, and nobody is asked", async (_, access, link) => {
    const url = await link();
    const answers: unknown[] = [];
    for (const held of [true, false]) {
      const world = makeWorld();
      const tenant = await acme(world.ring, access);
      if (held) await makeReady(world, await sourceOf(URL_A, null, tenant));
      world.origin.calls.splice(0);
      const log: string[] = [];
      const { index, ledger, gate, queue } = world;
      const parts = {
        ...world,
        index: traced("index", index, log),
        ledger: traced("ledger", ledger, log),
        gate: traced("gate", gate, log),
        queue: traced("queue", queue, log),
      };
      answers.push(await ask(parts, { tenant, url }));
      expect([log, world.origin.calls]).toEqual([[], []]);
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it("THREATS 23: a key that is there and one that is not are refused alike", async () => {
    const world = makeWorld();
    await makeReady(world, await sourceOf(URL_A, "movie"), { trusted: true });
    const asked = (key: string) =>
      resolveKey({ tenant: ACME, key, trusted: false, signed: null, method: "GET" }, false, world);
    const errors = await Promise.all(["movie", "nothing"].map((key) => asked(key).catch((error: unknown) => error)));
    expect(errors[0]).toEqual(errors[1]);
    expect(errors[0]).toMatchObject({ code: "NOT_FOUND" });
  });

  it("THREATS 23: a stranger's key is not looked up where nothing is public: time would tell", async () => {
    const world = makeWorld();
    const tenant: Tenant = { ...ACME, originRules: ACME.originRules.filter(({ access }) => access !== "public") };
    await makeReady(world, await sourceOf(URL_A, "movie", tenant), { trusted: true });
    const log: string[] = [];
    const parts = { ...world, index: traced("index", world.index, log), ledger: traced("ledger", world.ledger, log) };
    const asked = { tenant, key: "movie", trusted: false, signed: null, method: "GET" } as const;
    await expect(resolveKey(asked, false, parts)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(log).toEqual([]);
  });
});

describe("THREATS 26: nothing that is stored is ever written over", () => {
  it("THREATS 26: every attempt writes under a generation of its own", async () => {
    const { world, source, key, message } = await wantedWorld();
    const written: string[] = [];
    const store = {
      ...world.store,
      put: async (...call: Parameters<World["store"]["put"]>) => {
        written.push(call[0]);
        await world.store.put(...call);
      },
    };
    await fill(message, 1, { ...world, store, ledger: failing(world.ledger, "publish") });
    world.clock.advance(SECOND);
    await fill(message, 2, { ...world, store });
    await world.ledger.markStale(key, await generationOf(world, key), world.clock.now());
    world.origin.answers.set(URL_A, version("newer"));
    await want(source, world);
    await fill(onlyMessage(world), 1, { ...world, store });
    await purge(key, "asked", world);
    world.clock.advance(SECOND);
    await want(source, world);
    await fill(onlyMessage(world), 1, { ...world, store });
    expect(written).toHaveLength(4);
    expect(new Set(written).size).toBe(4);
    for (const name of written) expect(name).toMatch(new RegExp(`^${keyText(key)}/generation-\\d+$`));
    expect([...world.store.objects.keys()]).toEqual(written.slice(-1));
  });

  it("THREATS 26: a copy that a link is being served from stays what it was while a newer one is made", async () => {
    const world = await readyWorld();
    const source = await sourceOf();
    const generation = await generationOf(world, source.key);
    const { body } = await served(world, linkTo({ key: source.key, generation, originUrl: URL_A }));
    world.origin.answers.set(URL_A, version("newer"));
    await world.ledger.markStale(source.key, generation, NOON);
    await want(source, world);
    await fillAll(world);
    expect(await new Response(body).text()).toBe("hello");
  });
});
