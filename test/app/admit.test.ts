import { describe, expect, it } from "vitest";
import { admitLink, admitNetwork } from "../../src/app/admit.ts";
import { tenantSecrets } from "../../src/app/tenant-secrets.ts";
import type { ErrorCode } from "../../src/core/errors.ts";
import type { ProxyQuery } from "../../src/core/proxy-query.ts";
import type { UnsignedLink } from "../../src/core/signed-link/signed-link.ts";
import type { Tenant } from "../../src/core/tenant.ts";
import { NOON, tenantId } from "../core/samples.ts";
import { acme, IN_AN_HOUR, LINK_KEY, linkQuery, sealedLinkKey } from "./proofs.ts";
import { ACME, failing, makeWorld, reported, traced, URL_A, URL_B, type World } from "./world.ts";

const HERE = "192.0.2.7";
const NOON_SECONDS = NOON / 1000;

const admit = async (world: World, query: ProxyQuery, tenant?: Tenant, address: string | null = HERE) =>
  await admitLink(query, tenant ?? (await acme(world.ring, "signed")), address, world);

/** The query with another value for one of the parameters of its signature. */
function changed(query: ProxyQuery, changes: Partial<NonNullable<ProxyQuery["signature"]>>): ProxyQuery {
  if (!query.signature) throw new Error("the query is not signed");
  return { ...query, signature: { ...query.signature, ...changes } };
}

const refused = (code: ErrorCode) => expect.objectContaining({ name: "SnapbyteError", code });

describe("a client's network", () => {
  it.each<[string, readonly string[], string | null]>([
    ["is let in where the tenant names none", [], HERE],
    ["is let in where the tenant names none, though the address is not known", [], null],
    ["is let in when it is the one that is named", ["192.0.2.0/24"], HERE],
    ["is let in when it is one of several", ["198.51.100.0/24", "192.0.2.7/32"], HERE],
    ["is let in by IPv6", ["2001:db8::/32"], "2001:db8::1"],
    ["is let in as IPv4 however the socket spells it", ["192.0.2.0/24"], "::ffff:192.0.2.7"],
  ])("%s", (_, networks, address) => {
    expect(() => admitNetwork(networks, address)).not.toThrow();
  });

  it.each<[string, readonly string[], string | null]>([
    ["is another", ["192.0.2.0/24"], "192.0.3.1"],
    ["is of the other version", ["192.0.2.0/24"], "2001:db8::1"],
    ["is not known", ["192.0.2.0/24"], null],
    ["is no address", ["192.0.2.0/24"], "unknown"],
    ["is compared with what cannot be read", ["192.0.2.0/33"], HERE],
  ])("is kept out with a code of its own when it %s", (_, networks, address) => {
    expect(() => admitNetwork(networks, address)).toThrow(refused("NETWORK_NOT_ALLOWED"));
  });
});

describe("a link that carries nothing of a signature", () => {
  it("is unsigned, and no key is opened for it", async () => {
    const world = makeWorld();
    const query = { url: URL_A, hash: null, site: null, signature: null };
    expect(await admit({ ...world, secrets: failing(world.secrets) }, query)).toBeNull();
    expect(world.reports).toEqual([]);
  });
});

describe("a link that the tenant signed", () => {
  it.each<[string, Partial<UnsignedLink>, boolean, string | null]>([
    ["to a URL", { url: URL_A }, true, null],
    ["to a key", { hash: "movie" }, true, null],
    ["to a URL under a key", { url: URL_A, hash: "movie" }, true, null],
    ["to a key with a star at its end", { hash: "movies/*" }, true, null],
    ["for one address", { url: URL_A, ip: HERE }, true, HERE],
    ["for a network", { hash: "movie", ip: "192.0.2.0/24" }, true, "192.0.2.0/24"],
    ["from now on", { url: URL_A, nbf: NOON_SECONDS }, true, null],
    ["until a second from now", { url: URL_A, exp: NOON_SECONDS + 1 }, true, null],
    ["to all keys below one", { scope: "movies/*", hash: "movies/a/b" }, false, null],
    [
      "to all keys that begin so, and to a URL of the holder's choice",
      { scope: "m*", hash: "m", url: URL_A },
      false,
      null,
    ],
    ["to all keys below one, for a network", { scope: "m*", hash: "m", ip: "192.0.2.0/24" }, false, "192.0.2.0/24"],
  ])("counts for what it says: %s", async (_, link, whole, network) => {
    expect(await admit(makeWorld(), await linkQuery(link))).toMatchObject({ whole, network });
  });

  it("is good for any key below its prefix", async () => {
    const query = await linkQuery({ scope: "movies/*", hash: "movies/a" });
    for (const hash of ["movies/b", "movies/", "movies/../a"]) {
      expect(await admit(makeWorld(), { ...query, hash })).toMatchObject({ whole: false, network: null });
    }
  });

  it.each(["probe", "verify", "signed", "public"] as const)("is checked under %s", async (access) => {
    const world = makeWorld();
    const tenant = await acme(world.ring, access);
    const query = await linkQuery({ url: URL_A });
    expect(await admit(world, query, tenant)).toMatchObject({ whole: true, network: null });
    await expect(admit(world, { ...query, url: URL_B }, tenant)).rejects.toEqual(refused("LINK_SIGNATURE_INVALID"));
  });

  it("is good while either of two keys lives, and no longer", async () => {
    const world = makeWorld();
    const [older, newer] = [await sealedLinkKey(world.ring), await sealedLinkKey(world.ring, `${LINK_KEY}2`, "k2")];
    const byOlder = await linkQuery({ url: URL_A });
    const byNewer = await linkQuery({ url: URL_A, kid: "k2" }, `${LINK_KEY}2`);
    const both = { ...ACME, linkKeys: [newer, older] };
    expect(await admit(world, byOlder, both)).toMatchObject({ whole: true });
    expect(await admit(world, byNewer, both)).toMatchObject({ whole: true });
    const rotated = { ...ACME, linkKeys: [newer] };
    await expect(admit(world, byOlder, rotated)).rejects.toEqual(refused("LINK_KEY_UNKNOWN"));
  });
});

describe("a signed link does not hold:", () => {
  type Forge = (query: ProxyQuery) => ProxyQuery;

  it.each<[string, Partial<UnsignedLink>, Forge]>([
    ["with another URL", { url: URL_A }, (query) => ({ ...query, url: URL_B })],
    ["with a URL that was spelt otherwise", { url: URL_A }, (query) => ({ ...query, url: `${query.url}&` })],
    ["with a URL where there was none", { hash: "movie" }, (query) => ({ ...query, url: URL_B })],
    ["without its URL", { url: URL_A, hash: "movie" }, (query) => ({ ...query, url: null })],
    ["with another key", { hash: "movie" }, (query) => ({ ...query, hash: "secret" })],
    ["with a key where there was none", { url: URL_A }, (query) => ({ ...query, hash: "movie" })],
    ["without its key", { url: URL_A, hash: "movie" }, (query) => ({ ...query, hash: null })],
    ["with a key beside its prefix", { scope: "movies/*", hash: "movies/a" }, (query) => ({ ...query, hash: "movie" })],
    ["with a later end", { url: URL_A }, (query) => changed(query, { exp: String(IN_AN_HOUR + 1) })],
    ["with an earlier beginning", { url: URL_A, nbf: IN_AN_HOUR - 1 }, (query) => changed(query, { nbf: "0" })],
    ["without its beginning", { url: URL_A, nbf: IN_AN_HOUR - 1 }, (query) => changed(query, { nbf: null })],
    ["for another address", { url: URL_A, ip: "198.51.100.1" }, (query) => changed(query, { ip: HERE })],
    ["for every address", { url: URL_A, ip: "198.51.100.1" }, (query) => changed(query, { ip: null })],
    ["with a prefix made of its key", { hash: "movies/*" }, (query) => changed(query, { scope: "movies/*" })],
    ["with a wider prefix", { scope: "movies/*", hash: "movies/a" }, (query) => changed(query, { scope: "m*" })],
    ["with a signature of nothing", { url: URL_A }, (query) => changed(query, { sig: "" })],
    [
      "with a signature that was cut",
      { url: URL_A },
      (query) => changed(query, { sig: query.signature?.sig?.slice(1) ?? "" }),
    ],
    [
      "with a signature in padded base64",
      { url: URL_A },
      (query) => changed(query, { sig: `${query.signature?.sig}=` }),
    ],
  ])("%s", async (_, link, forge) => {
    const world = makeWorld();
    await expect(admit(world, forge(await linkQuery(link)))).rejects.toEqual(refused("LINK_SIGNATURE_INVALID"));
    expect(world.reports).toEqual([]);
  });

  it("with any one character of its signature changed", async () => {
    const world = makeWorld();
    const query = await linkQuery({ url: URL_A });
    const sig = query.signature?.sig ?? "";
    for (let at = 0; at < sig.length; at++) {
      const other = sig[at] === "A" ? "B" : "A";
      const forged = changed(query, { sig: sig.slice(0, at) + other + sig.slice(at + 1) });
      await expect(admit(world, forged)).rejects.toEqual(refused("LINK_SIGNATURE_INVALID"));
    }
  });

  it("signed by a key of another's", async () => {
    const query = await linkQuery({ url: URL_A }, `${LINK_KEY}2`);
    await expect(admit(makeWorld(), query)).rejects.toEqual(refused("LINK_SIGNATURE_INVALID"));
  });

  it("at another tenant, though that has the same key under the same id", async () => {
    const world = makeWorld();
    const id = tenantId("other");
    const other = { ...ACME, id, site: "other-site", linkKeys: [await sealedLinkKey(world.ring, LINK_KEY, "k1", id)] };
    expect(await admit(world, await linkQuery({ url: URL_A, site: "other-site" }), other)).toMatchObject({
      whole: true,
    });
    await expect(admit(world, await linkQuery({ url: URL_A }), other)).rejects.toEqual(
      refused("LINK_SIGNATURE_INVALID"),
    );
  });

  it.each<[string, Partial<UnsignedLink>, string | null, ErrorCode]>([
    ["under a key id that nobody has", { kid: "k9" }, HERE, "LINK_KEY_UNKNOWN"],
    ["at its end", { exp: NOON_SECONDS }, HERE, "LINK_EXPIRED"],
    ["after its end", { exp: NOON_SECONDS - 1 }, HERE, "LINK_EXPIRED"],
    ["before its beginning", { nbf: NOON_SECONDS + 1 }, HERE, "LINK_NOT_YET_VALID"],
    ["from another address", { ip: "192.0.2.8" }, HERE, "LINK_ADDRESS_REFUSED"],
    ["from outside its network", { ip: "192.0.2.0/29" }, "192.0.2.8", "LINK_ADDRESS_REFUSED"],
    ["from an address that is not known", { ip: "192.0.2.7" }, null, "LINK_ADDRESS_REFUSED"],
  ])("%s, which has a code of its own", async (_, link, address, code) => {
    for (const what of [{ url: URL_A }, { hash: "movie" }, { scope: "m*", hash: "movie" }]) {
      const query = await linkQuery({ ...what, ...link });
      await expect(admit(makeWorld(), query, undefined, address)).rejects.toEqual(refused(code));
    }
  });

  it("and says first what tells least: the key id, then the signature, then time, then place", async () => {
    const world = makeWorld();
    const all = { url: URL_A, exp: NOON_SECONDS, nbf: NOON_SECONDS - 1, ip: "198.51.100.1" };
    const query = await linkQuery(all);
    const unknown = changed({ ...query, url: URL_B }, { kid: "k9" });
    await expect(admit(world, unknown)).rejects.toEqual(refused("LINK_KEY_UNKNOWN"));
    await expect(admit(world, { ...query, url: URL_B })).rejects.toEqual(refused("LINK_SIGNATURE_INVALID"));
    await expect(admit(world, query)).rejects.toEqual(refused("LINK_EXPIRED"));
    const early = await linkQuery({ url: URL_A, nbf: NOON_SECONDS + 1, ip: "198.51.100.1" });
    await expect(admit(world, early)).rejects.toEqual(refused("LINK_NOT_YET_VALID"));
  });

  it.each<[string, Partial<NonNullable<ProxyQuery["signature"]>>, ErrorCode]>([
    ["without sig", { sig: null }, "MISSING_FIELD"],
    ["without kid", { kid: null }, "MISSING_FIELD"],
    ["without exp", { exp: null }, "MISSING_FIELD"],
    ["with an end in words", { exp: "tomorrow" }, "INVALID_FIELD"],
    ["with an end in another spelling", { exp: `0${IN_AN_HOUR}` }, "INVALID_FIELD"],
    ["with a network that is none", { ip: "192.0.2.7/24" }, "INVALID_FIELD"],
    ["with a prefix of everything", { scope: "*" }, "INVALID_FIELD"],
  ])("when it is malformed, which is 400 and asks no key: %s", async (_, changes, code) => {
    const world = makeWorld();
    const log: string[] = [];
    const query = changed(await linkQuery({ url: URL_A }), changes);
    const parts = { ...world, secrets: traced("secrets", world.secrets, log) };
    await expect(admit(parts, query)).rejects.toEqual(refused(code));
    expect(log).toEqual([]);
  });

  it("when it is a prefix link that names no key", async () => {
    const query = await linkQuery({ scope: "movies/*", url: URL_A });
    await expect(admit(makeWorld(), query)).rejects.toEqual(refused("MISSING_FIELD"));
  });
});

describe("a link key that we cannot open", () => {
  /** A world whose deployment has lost the secret that the tenant's key was sealed with. */
  function brokenWorld() {
    const world = makeWorld();
    const tenant: Tenant = { ...ACME, linkKeys: [{ id: "k1", sealed: "AQE" }] };
    return { world: { ...world, secrets: tenantSecrets(world.ring, world.report) }, tenant };
  }

  it("makes a link with a URL count as unsigned: its holder gets the origin, and no error", async () => {
    const { world, tenant } = brokenWorld();
    expect(await admit(world, await linkQuery({ url: URL_A, hash: "movie" }), tenant)).toBeNull();
    expect(reported(world)).toEqual(["secrets", "link keys"]);
  });

  it("leaves nowhere to send a link without a URL: 503, and not 403", async () => {
    const { world, tenant } = brokenWorld();
    for (const link of [{ hash: "movie" }, { scope: "m*", hash: "movie" }]) {
      await expect(admit(world, await linkQuery(link), tenant)).rejects.toEqual(refused("UNAVAILABLE"));
    }
  });

  it("says nothing of a link under another id", async () => {
    const { world, tenant } = brokenWorld();
    const query = await linkQuery({ url: URL_A, kid: "k9" });
    await expect(admit(world, query, tenant)).rejects.toEqual(refused("LINK_KEY_UNKNOWN"));
    expect(world.reports).toEqual([]);
  });

  it("is told to the operator without the key or the link", async () => {
    const { world, tenant } = brokenWorld();
    await admit(world, await linkQuery({ url: URL_A }), tenant);
    const told = world.reports.map(({ what, error }) => `${what} ${error}`).join();
    expect(told).toContain("k1");
    for (const secret of ["AQE", LINK_KEY, "X-Amz"]) expect(told).not.toContain(secret);
  });
});
