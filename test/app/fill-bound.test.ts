import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fill } from "../../src/app/fill.ts";
import { preload } from "../../src/app/preload.ts";
import { keyText } from "../../src/core/entry-key.ts";
import type { Tenant } from "../../src/core/tenant.ts";
import { SECOND } from "../core/samples.ts";
import { ask, HIT } from "./asking.ts";
import { s3Link } from "./proofs.ts";
import { DONE, opens } from "./wanted.ts";
import {
  ACME,
  fillAll,
  generationOf,
  HELLO,
  isClaimed,
  makeReady,
  makeWorld,
  onlyMessage,
  register,
  reported,
  sourceOf,
  tracesOf,
  URL_A,
  URL_B,
  type World,
  want,
} from "./world.ts";

const FILES = { scheme: "https", port: 443 } as const;

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe("what an entry is bound to", () => {
  it("is what the message says: only who asked knows what the tenant calls its hosts", async () => {
    const world = makeWorld();
    const source = await sourceOf();
    await want({ ...source, identity: "i".repeat(43) }, world);
    await fillAll(world);
    expect(await world.ledger.find(source.key)).toMatchObject({ state: "ready", boundTo: "i".repeat(43) });
    expect(await world.index.get(source.key)).toMatchObject({ boundTo: "i".repeat(43) });
  });

  it("is compared with what is there by the message, too: the same object is not fetched again", async () => {
    const world = makeWorld();
    const source = await sourceOf();
    await makeReady(world, { ...source, identity: "i".repeat(43) });
    world.index.entries.clear();
    await want({ ...source, identity: "i".repeat(43) }, world);
    expect(await fill(onlyMessage(world), 1, world)).toEqual(DONE);
    expect(opens(world)).toBe(1);
  });
});

describe("an object behind a host name of the tenant's own", () => {
  const CNAMED: Tenant = {
    ...ACME,
    originRules: [
      ...ACME.originRules,
      { ...FILES, host: "media.acme.example", pathPrefix: "/", access: null, obeyPrivate: false, tags: [] },
    ],
    cnames: [{ host: "media.acme.example", bucket: "s3:aws/bucket" }],
  };
  const NAMED = "https://media.acme.example/a.mp4";

  it("is the object of its bucket: filled by one of its names, it is there under the other", async () => {
    const world = makeWorld();
    register(world, CNAMED);
    world.origin.answers.set(NAMED, HELLO);
    const source = await sourceOf(NAMED, null, CNAMED);
    await makeReady(world, source);
    expect(world.origin.calls).toEqual([{ what: "open", url: NAMED, fields: {} }]);
    expect(await world.ledger.find(source.key)).toMatchObject({ boundTo: (await sourceOf(URL_A)).identity });
    expect(await ask(world, { tenant: CNAMED, url: URL_A })).toMatchObject({ cacheStatus: HIT });
  });

  it("is preloaded as what it is", async () => {
    const world = makeWorld();
    register(world, CNAMED);
    world.origin.answers.set(NAMED, HELLO);
    const source = await sourceOf(NAMED, null, CNAMED);
    await preload([{ source, expiresAt: null, tags: [] }], "request", world);
    await fillAll(world);
    const entry = await world.ledger.find(source.key);
    expect(entry).toMatchObject({ state: "ready", trusted: true, boundTo: (await sourceOf(URL_A)).identity });
    expect(await preload([{ source: await sourceOf(URL_A), expiresAt: null, tags: [] }], "request", world)).toEqual([
      { key: source.publicKey, status: "ready" },
    ]);
  });

  it("is another's at a tenant that did not say so", async () => {
    const unsaid = { ...CNAMED, cnames: [] };
    expect((await sourceOf(NAMED, null, unsaid)).identity).not.toBe((await sourceOf(URL_A)).identity);
  });
});

describe("a key that is a SHA-256", () => {
  /** A world in which a fill under this key was worked on, and its message has come again. */
  async function filledUnder(key: string, { trusted = false, url = URL_A } = {}) {
    const world = makeWorld();
    const source = await sourceOf(url, key);
    await want(source, world, { trusted });
    const message = onlyMessage(world);
    const outcomes = [await fill(message, 1, world), await fill(message, 2, world)];
    return { world, source, outcomes, entry: await world.ledger.find(source.key) };
  }

  it.each([
    ["in small letters", sha256("hello")],
    ["in capitals", sha256("hello").toUpperCase()],
  ])("of the bytes is published: %s", async (_, key) => {
    const { world, entry } = await filledUnder(key);
    expect(entry).toMatchObject({ state: "ready", publicKey: key, copy: { sha256: sha256("hello") } });
    expect(world.store.objects.size).toBe(1);
  });

  it.each([[false], [true]])(
    "of other bytes is fetched once more, then fails for good, and nothing stays, whoever asked: known %j",
    async (trusted) => {
      const { world, source, entry, outcomes } = await filledUnder(sha256("other"), { trusted });
      expect(outcomes).toEqual([{ retryInSeconds: 1 }, DONE]);
      expect(opens(world)).toBe(2);
      expect(entry).toMatchObject({ state: "failed", copy: null, failure: { code: "DIGEST_MISMATCH" } });
      expect(entry?.failure?.message).toContain(sha256("hello"));
      expect(tracesOf(world, source.key)).toEqual([]);
      expect(world.store.objects.size).toBe(0);
      expect(isClaimed(world, source.key)).toBe(false);
      expect(reported(world)).toEqual(["fill", "fill"]);
    },
  );

  it("leaves a copy that fits when another object is tried under it", async () => {
    const world = makeWorld();
    const source = await sourceOf(URL_A, sha256("hello"));
    await makeReady(world, source);
    await want(await sourceOf(URL_B, sha256("hello")), world);
    await fillAll(world);
    expect(await world.ledger.find(source.key)).toMatchObject({ state: "ready", copy: { sha256: sha256("hello") } });
    expect(tracesOf(world, source.key)).toHaveLength(3);
  });

  it("leaves a copy that fits when the object has changed since", async () => {
    const world = makeWorld();
    const source = await sourceOf(URL_A, sha256("hello"));
    await makeReady(world, source);
    const first = await generationOf(world, source.key);
    await world.ledger.markStale(source.key, first, world.clock.now());
    world.origin.answers.set(URL_A, { ...HELLO, headers: { etag: '"2"' }, body: new TextEncoder().encode("newer") });
    world.clock.advance(SECOND);
    await want(source, world);
    await fillAll(world);
    expect(await world.ledger.find(source.key)).toMatchObject({ copy: { generation: first } });
    expect([...world.store.objects.keys()]).toEqual([`${keyText(source.key)}/${first}`]);
  });

  it.each([
    ["one digit less", sha256("other").slice(1)],
    ["one digit more", `${sha256("other")}0`],
    ["a letter that is no digit", sha256("other").replace(/.$/, "g")],
    ["something before it", `sha256:${sha256("other")}`],
  ])("is a key like any other with %s", async (_, key) => {
    expect((await filledUnder(key)).entry).toMatchObject({ state: "ready" });
  });
});

describe("what a link asked for, and says nothing of the object,", () => {
  const STORED = { contentLanguage: null, contentDisposition: null, contentType: "text/csv" };
  const ANSWER = {
    ...HELLO,
    headers: {
      etag: '"hello-1"',
      "content-type": "text/csv",
      "content-disposition": 'attachment; filename="for-one-reader.csv"',
      "content-language": "de",
    },
  };

  async function stored(world: World, url: string) {
    world.origin.answers.set(url, ANSWER);
    const entry = await makeReady(world, await sourceOf(url));
    return world.store.objects.get(`${keyText(entry.key)}/${entry.copy.generation}`)?.headers;
  }

  it("is not stored; a type that its signer gave is", async () => {
    const address = "https://bucket.s3.amazonaws.com/a.mp4?response-content-disposition=attachment";
    const url = await s3Link(`${address}&response-content-language=de&response-content-type=text%2Fcsv`);
    expect(await stored(makeWorld(), url)).toMatchObject(STORED);
  });

  it("is stored where the origin says it by itself", async () => {
    const kept = await stored(makeWorld(), await s3Link("https://bucket.s3.amazonaws.com/a.mp4"));
    expect(kept).toMatchObject({ contentLanguage: "de", contentDisposition: ANSWER.headers["content-disposition"] });
  });

  it("is not what names another entry: however it is to be shown, an object is one entry", async () => {
    const plain = await sourceOf(await s3Link("https://bucket.s3.amazonaws.com/a.mp4"));
    const shown = await sourceOf(await s3Link("https://bucket.s3.amazonaws.com/a.mp4?response-content-type=a%2Fb", 60));
    expect(shown.key).toEqual(plain.key);
    expect(shown.identity).toBe(plain.identity);
  });
});
