import { describe, expect, it } from "vitest";
import { fill } from "../../src/app/fill.ts";
import { preload } from "../../src/app/preload.ts";
import { purge } from "../../src/app/purge.ts";
import { resolveKey } from "../../src/app/resolve-key.ts";
import { tenantSecrets } from "../../src/app/tenant-secrets.ts";
import { unseal } from "../../src/core/crypto/seal.ts";
import { keyText } from "../../src/core/entry-key.ts";
import { linkToken, readLinkToken } from "../../src/core/link.ts";
import type { Tenant } from "../../src/core/tenant.ts";
import { HOUR, NOON, presigned, SECOND, SIGNING, tenantId } from "../core/samples.ts";
import { ask, HIT, MISS, OPEN, readyWorld } from "./asking.ts";
import { answered, linkTo } from "./delivered.ts";
import { acme, LINK_KEY, S3_SECRET } from "./proofs.ts";
import { version, wantedWorld } from "./wanted.ts";
import {
  ACME,
  failing,
  HELLO,
  makeReady,
  makeWorld,
  onlyMessage,
  register,
  sourceOf,
  tracesOf,
  URL_A,
} from "./world.ts";

// The rows of THREATS that concern what two tenants share, and what rests.

const ADDRESS = "https://bucket.s3.amazonaws.com/a.mp4";
const OTHER: Tenant = { ...ACME, id: tenantId("other"), site: "other-site" };

describe("THREATS 9: two tenants with one URL share nothing", () => {
  it("THREATS 9: neither entry nor copy, and a purge of one leaves the other", async () => {
    const world = makeWorld();
    register(world, OTHER);
    const mine = await makeReady(world, await sourceOf());
    world.origin.answers.set(URL_A, version("theirs"));
    const theirs = await makeReady(world, await sourceOf(URL_A, null, OTHER));
    expect(keyText(mine.key)).not.toBe(keyText(theirs.key));
    for (const name of world.store.objects.keys()) expect(name).toMatch(/^(?:acme|other)\//);
    expect(await answered(world, linkTo({ key: mine.key, generation: mine.copy.generation }))).toBe("hello");
    expect(await answered(world, linkTo({ key: theirs.key, generation: theirs.copy.generation }))).toBe("theirs");
    await purge(mine.key, "asked", world);
    expect(tracesOf(world, mine.key)).toEqual([]);
    expect(tracesOf(world, theirs.key)).toHaveLength(3);
  });

  it("THREATS 9: no token, though all else in it were the same", async () => {
    const world = makeWorld();
    const { key, copy } = await makeReady(world, await sourceOf());
    const theirs = { ...key, tenant: OTHER.id };
    const [one, other] = [linkTo({ key, ...copy }), linkTo({ key: theirs, ...copy })];
    expect(await linkToken(world.ring, one)).not.toBe(await linkToken(world.ring, other));
    const link = { ...other, expiresAt: NOON + HOUR, originUrl: URL_A };
    expect(await answered(world, link)).toBe(URL_A);
  });

  it("THREATS 9: no verdict of an origin", async () => {
    const world = await readyWorld();
    register(world, OTHER);
    await makeReady(world, await sourceOf(URL_A, null, OTHER));
    expect(await ask(world)).toMatchObject({ cacheStatus: HIT });
    world.origin.answers.set(URL_A, { status: 403 });
    expect(await ask(world, { tenant: OTHER })).toEqual({ location: URL_A, cacheStatus: MISS });
    expect(await ask(world)).toMatchObject({ cacheStatus: HIT });
  });

  it("THREATS 9: no key of their own naming, by URL or without", async () => {
    const world = makeWorld();
    await makeReady(world, await sourceOf(URL_A, "movie"), { trusted: true });
    expect(await ask(world, { key: "movie", tenant: OTHER })).toMatchObject({ location: URL_A, cacheStatus: MISS });
    const asked = { tenant: OTHER, key: "movie", trusted: true, signed: null, method: "GET" } as const;
    await expect(resolveKey(asked, false, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("THREATS 9: no fill: each has one queued, and each seals its URL to itself", async () => {
    const world = makeWorld();
    await ask(world);
    await ask(world, { tenant: OTHER });
    const [mine, theirs] = world.queue.take();
    if (!mine || !theirs) throw new Error("not two messages wait");
    expect([mine.tenant, theirs.tenant]).toEqual(["acme", "other"]);
    expect(mine.sealedUrl).not.toBe(theirs.sealedUrl);
    expect(await fill({ ...theirs, sealedUrl: mine.sealedUrl }, 1, world)).toEqual({ done: true });
    expect(world.origin.calls).toEqual([]);
  });

  it("THREATS 9: no secret: what one registered verifies and signs nothing for the other", async () => {
    const world = makeWorld();
    const { verificationKeys, linkKeys } = await acme(world.ring, "verify");
    const thief: Tenant = { ...OTHER, verificationKeys, linkKeys };
    expect(await world.secrets.material(thief)).toEqual([]);
    await expect(world.secrets.linkKey(thief, "k1")).rejects.toThrow("does not open");
  });
});

describe("THREATS 20: a signed URL is a secret", () => {
  const SESSION = "session-token-that-is-easy-to-recognise";
  const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJlYXN5IjoidG8gcmVjb2duaXNlIn0.c2lnbmF0dXJl";
  const SECRETS = [SIGNING.signature, SIGNING.accessKey, SESSION, encodeURIComponent(SESSION), JWT];

  it.each<[string, string]>([
    ["S3", presigned(ADDRESS, { token: SESSION })],
    [
      "Google",
      `https://storage.googleapis.com/bucket/a?GoogleAccessId=${SESSION}&Expires=1795179600&Signature=${SIGNING.signature}`,
    ],
    ["nobody that we know", `${OPEN}?signature=${SIGNING.signature}&auth_token=${SESSION}&jwt=${JWT}`],
    ["nobody that we know, under a name that says nothing", `${OPEN}?x=${JWT}`],
    [
      "Azure, at an address that we do not know",
      `${OPEN}?sv=2023-01-03&sr=b&se=2026-11-20T13%3A00%3A00Z&sig=${SIGNING.signature}`,
    ],
  ])("THREATS 20: of %s no credential rests or is told anywhere in a copy's life", async (_, url) => {
    const world = makeWorld();
    const seen: unknown[] = [];
    const note = () =>
      seen.push(
        structuredClone([
          [...world.ledger.rows],
          [...world.index.entries],
          [...world.gate.rows],
          [...world.queue.messages],
          [...world.store.objects].map(([name, { headers }]) => [name, headers]),
          world.usage.events,
        ]),
      );
    world.origin.answers.set(url, { status: 503 });
    await ask(world, { url });
    note();
    const message = onlyMessage(world);
    await fill(message, 1, world);
    note();
    world.origin.answers.set(url, HELLO);
    world.clock.advance(SECOND);
    await fill(message, 2, world);
    note();
    await ask(world, { url });
    world.origin.answers.set(url, { status: 0, error: new Error("connection lost") });
    await ask({ ...world, index: failing(world.index), queue: failing(world.queue) }, { url });
    await preload([{ source: await sourceOf(url), expiresAt: NOON + HOUR, tags: [] }], "request", world);
    note();
    await purge((await sourceOf(url)).key, "asked", world);
    note();
    expect(seen).toHaveLength(5);
    const everywhere = JSON.stringify([seen, message, world.reports.map(({ what, error }) => [what, String(error)])]);
    expect(everywhere).toContain((await sourceOf(url)).publicKey);
    for (const secret of SECRETS) expect(everywhere).not.toContain(secret);
  });

  it("THREATS 20: a queued URL opens for its own entry, and as a queued URL only", async () => {
    const { world, message, key } = await wantedWorld();
    const { sealedUrl } = message;
    expect(await unseal(world.ring, "stored-url", sealedUrl, keyText(key))).toBe(URL_A);
    expect(await unseal(world.ring, "stored-url", sealedUrl, `other/${key.id}`)).toBeNull();
    expect(await unseal(world.ring, "link", sealedUrl, keyText(key))).toBeNull();
    expect(await readLinkToken(world.ring, sealedUrl)).toBeNull();
  });

  it("THREATS 20: an address of ours shows nothing of the URL that it goes back to", async () => {
    const world = makeWorld();
    const { key } = await sourceOf();
    const token = await linkToken(world.ring, linkTo({ key, generation: "generation-1", originUrl: URL_A }));
    const text = token + Buffer.from(token, "base64url").toString("latin1");
    for (const secret of [...SECRETS, "amazonaws", "a.mp4", "acme"]) expect(text).not.toContain(secret);
  });

  it("THREATS 20: a tenant's own secrets rest sealed, and open with this deployment's keys alone", async () => {
    const world = makeWorld();
    const tenant = await acme(world.ring, "verify");
    const text = JSON.stringify(tenant);
    for (const secret of [LINK_KEY, S3_SECRET.secretAccessKey, S3_SECRET.accessKeyId])
      expect(text).not.toContain(secret);
    const reports: unknown[] = [];
    const elsewhere = { current: 9, keys: async () => null };
    const secrets = tenantSecrets(elsewhere, (_, error) => reports.push(String(error)));
    expect(await secrets.material(tenant)).toEqual([]);
    await expect(secrets.linkKey(tenant, "k1")).rejects.toThrow("does not open");
    for (const secret of [LINK_KEY, S3_SECRET.secretAccessKey]) expect(JSON.stringify(reports)).not.toContain(secret);
  });
});
