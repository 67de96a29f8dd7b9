import { describe, expect, it } from "vitest";
import { addLinkKey, removeLinkKey, rotateLinkKeys } from "../../../src/app/settings/link-keys.ts";
import { type LinkWish, makeLink } from "../../../src/app/settings/sign-link.ts";
import { toBase64Url } from "../../../src/core/crypto/base64url.ts";
import { parseKeyRing } from "../../../src/core/crypto/key-ring.ts";
import { checkSignedLink } from "../../../src/core/signed-link/check.ts";
import type { SignedLink } from "../../../src/core/signed-link/signed-link.ts";
import { HOUR, MINUTE, NOON, SECOND } from "../../core/samples.ts";
import { ACME, URL_A } from "../world.ts";
import { OTHER, type SettingsWorld, settingsDown, settingsWorld } from "./settings-world.ts";

const WISH: LinkWish = { url: URL_A, hash: null, scope: null, ip: null, tags: null, expiresIn: 3600, notBefore: null };

async function keyedWorld() {
  const world = settingsWorld();
  return { world, made: await addLinkKey(ACME.id, world) };
}

/** Reads a link as `/proxy` would. */
function read(path: string): SignedLink {
  const query = new URL(path, "https://edge.example.com").searchParams;
  const number = (name: string) => (query.has(name) ? Number(query.get(name)) : null);
  const [url, hash, scope, ip, tags] = ["url", "hash", "scope", "ip", "tags"].map((name) => query.get(name)) as (
    | string
    | null
  )[];
  const [site, kid, sig] = ["site", "kid", "sig"].map((name) => query.get(name) ?? "") as [string, string, string];
  return {
    ...{
      site,
      kid,
      sig,
      url: url ?? null,
      hash: hash ?? null,
      scope: scope ?? null,
      ip: ip ?? null,
      tags: tags ?? null,
    },
    ...{ exp: number("exp") ?? 0, nbf: number("nbf") },
  };
}

/** Whether the key vouches for a link, at this moment and from this address. */
async function judge(path: string, key: string, { clock }: SettingsWorld, address = "203.0.113.7"): Promise<string> {
  return await checkSignedLink(read(path), () => key, { now: clock.now(), address });
}

describe("a link that is signed for a tenant", () => {
  it("is what the tenant's own code would have signed with the same key", async () => {
    const { world, made } = await keyedWorld();
    const { path, kid, expiresAt } = await makeLink(ACME, { ...WISH, hash: "report 7" }, world);
    expect([kid, expiresAt]).toEqual([made.kid, NOON + HOUR]);
    expect(read(path)).toMatchObject({
      ...{ url: URL_A, hash: "report 7", site: ACME.site, kid },
      ...{ exp: (NOON + HOUR) / 1000, nbf: null, ip: null, scope: null },
    });
    expect(await judge(path, made.key, world)).toBe("ok");
  });

  it("ends when it was asked to", async () => {
    const { world, made } = await keyedWorld();
    const { path } = await makeLink(ACME, { ...WISH, expiresIn: 60 }, world);
    world.clock.set(NOON + MINUTE - 1);
    expect(await judge(path, made.key, world)).toBe("ok");
    world.clock.set(NOON + MINUTE);
    expect(await judge(path, made.key, world)).toBe("LINK_EXPIRED");
  });

  it("begins when it was asked to, and never before", async () => {
    const { world, made } = await keyedWorld();
    const { path } = await makeLink(ACME, { ...WISH, notBefore: NOON + MINUTE + 1 }, world);
    world.clock.set(NOON + MINUTE + 1);
    expect(await judge(path, made.key, world)).toBe("LINK_NOT_YET_VALID");
    world.clock.set(NOON + MINUTE + SECOND);
    expect(await judge(path, made.key, world)).toBe("ok");
  });

  it("may be bound to a network", async () => {
    const { world, made } = await keyedWorld();
    const { path } = await makeLink(ACME, { ...WISH, ip: "198.51.100.0/24" }, world);
    expect(await judge(path, made.key, world, "198.51.100.9")).toBe("ok");
    expect(await judge(path, made.key, world, "203.0.113.7")).toBe("LINK_ADDRESS_REFUSED");
  });

  it("may be for every key below a prefix", async () => {
    const { world, made } = await keyedWorld();
    const { path } = await makeLink(ACME, { ...WISH, url: null, scope: "reports/*" }, world);
    expect(await judge(`${path}&hash=reports%2F7`, made.key, world)).toBe("ok");
    expect(await judge(`${path}&hash=others%2F7`, made.key, world)).toBe("LINK_SIGNATURE_INVALID");
  });

  it("is signed by the newest key, once that has had the time to be known everywhere", async () => {
    const { world, made } = await keyedWorld();
    world.clock.advance(MINUTE);
    const newer = await rotateLinkKeys(ACME.id, world);
    world.clock.advance(2 * MINUTE - 1);
    expect(await makeLink(ACME, WISH, world)).toMatchObject({ kid: made.kid });
    world.clock.advance(1);
    const { path, kid } = await makeLink(ACME, WISH, world);
    expect(kid).toBe(newer.kid);
    expect(await judge(path, newer.key, world)).toBe("ok");
    await removeLinkKey(ACME.id, newer.kid, world);
    expect(await makeLink(ACME, WISH, world)).toMatchObject({ kid: made.kid });
  });

  it("is of no use with another tenant's key", async () => {
    const { world } = await keyedWorld();
    const other = await addLinkKey(OTHER.id, world);
    const { path, kid } = await makeLink(ACME, WISH, world);
    expect(await judge(path, other.key, world)).toBe("LINK_SIGNATURE_INVALID");
    expect((await makeLink(OTHER, WISH, world)).kid).not.toBe(kid);
  });

  it("never holds the key", async () => {
    const { world, made } = await keyedWorld();
    expect(JSON.stringify(await makeLink(ACME, WISH, world))).not.toContain(made.key);
  });
});

describe("no link is signed", () => {
  it("for a tenant without a key: 409", async () => {
    const { world } = await keyedWorld();
    await expect(makeLink(OTHER, WISH, world)).rejects.toMatchObject({ code: "NO_LINK_KEY" });
  });

  it.each<[string, Partial<LinkWish>, string, RegExp]>([
    ["for nothing", { url: null }, "MISSING_FIELD", /^url, hash or scope /],
    ["for what is no URL", { url: "a.mp4" }, "INVALID_FIELD", /^url /],
    ["for an empty URL", { url: "" }, "INVALID_FIELD", /^url /],
    ["for a URL with control characters", { url: `${URL_A}\n` }, "INVALID_FIELD", /^url /],
    ["for a key with control characters", { hash: "a\nb" }, "INVALID_FIELD", /^hash /],
    ["for a prefix without its *", { scope: "reports/" }, "INVALID_FIELD", /^scope /],
    ["for everything", { scope: "*" }, "INVALID_FIELD", /^scope /],
    ["for a key outside of the prefix", { scope: "reports/*", hash: "others/7" }, "INVALID_FIELD", /^hash /],
    ["for what is no network", { ip: "everybody" }, "INVALID_FIELD", /^ip /],
    ["that would end before it begins", { notBefore: NOON + HOUR }, "INVALID_FIELD", /^not_before /],
    ["for an origin that is not allowed", { url: "https://evil.example/a" }, "ORIGIN_NOT_ALLOWED", /./],
  ])("%s", async (_, changes, code, message) => {
    const { world } = await keyedWorld();
    const made = makeLink(ACME, { ...WISH, ...changes }, world);
    await expect(made).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it("while the settings are down: 503", async () => {
    const { world } = await keyedWorld();
    await expect(makeLink(ACME, WISH, settingsDown(world))).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("with a key that the deployment cannot open, which no client is told of", async () => {
    const { world } = await keyedWorld();
    const ring = parseKeyRing(`2:${toBase64Url(new Uint8Array(32).fill(2))}`);
    if (!ring) throw new Error("the ring does not parse");
    const made = makeLink(ACME, WISH, { ...world, ring });
    await expect(made).rejects.toThrow("does not open");
    await expect(made).rejects.not.toHaveProperty("code");
  });
});
