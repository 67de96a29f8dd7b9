import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkSignedLink } from "../../../src/core/signed-link/check.ts";
import { macOf } from "../../../src/core/signed-link/mac.ts";
import { canonicalText, type SignedLink, type UnsignedLink } from "../../../src/core/signed-link/signed-link.ts";
import { anyLink, END, KEY, keyOfByte, PLAIN, START, signable, signed } from "./links.ts";

const NOW = START * 1000;
const CLIENT = "203.0.113.7";

/** Two live keys, as during a rotation. */
const KEYS: Readonly<Record<string, string>> = { "041ge2od": KEY, newer000: keyOfByte(2) };

async function standing(link: SignedLink, now = NOW, address: string | null = CLIENT): Promise<string> {
  return await checkSignedLink(link, (kid) => KEYS[kid] ?? null, { now, address });
}

/** A link signed as somebody would who checks nothing. */
async function carelessly(fields: Partial<UnsignedLink>): Promise<SignedLink> {
  const link = { ...PLAIN, ...fields };
  return { ...link, sig: await macOf(KEY, canonicalText(link)) };
}

describe("a signed link", () => {
  it("holds, by either of two live keys", async () => {
    expect(await standing(await signed())).toBe("ok");
    expect(await standing(await signed({ kid: "newer000" }, keyOfByte(2)))).toBe("ok");
  });

  it("holds when its key has to be waited for", async () => {
    expect(await checkSignedLink(await signed(), async () => KEY, { now: NOW, address: null })).toBe("ok");
  });

  it("ends at the very moment of exp", async () => {
    expect(await standing(await signed(), END * 1000 - 1)).toBe("ok");
    expect(await standing(await signed(), END * 1000)).toBe("LINK_EXPIRED");
  });

  it("begins at the very moment of nbf", async () => {
    const link = await signed({ nbf: START });
    expect(await standing(link, NOW - 1)).toBe("LINK_NOT_YET_VALID");
    expect(await standing(link, NOW)).toBe("ok");
  });

  it.each([
    ["203.0.113.7", "203.0.113.7", "ok"],
    ["203.0.113.7", "203.0.113.8", "LINK_ADDRESS_REFUSED"],
    ["203.0.113.0/24", "203.0.113.8", "ok"],
    ["203.0.113.0/24", "::ffff:203.0.113.8", "ok"],
    ["203.0.113.0/24", "203.0.114.8", "LINK_ADDRESS_REFUSED"],
    ["2001:db8:1:2::/64", "2001:db8:1:2:3::4", "ok"],
    ["2001:db8:1:2::/64", "2001:db8:1:3::4", "LINK_ADDRESS_REFUSED"],
    ["0.0.0.0/0", "2001:db8::1", "LINK_ADDRESS_REFUSED"],
    ["0.0.0.0/0", "no address", "LINK_ADDRESS_REFUSED"],
    ["0.0.0.0/0", null, "LINK_ADDRESS_REFUSED"],
  ])("bound to %s is for a client at %j: %s", async (ip, address, expected) => {
    expect(await standing(await signed({ ip }), NOW, address)).toBe(expected);
  });

  it.each([
    ["reports/a", "ok"],
    ["reports/", "ok"],
    ["reports/a/b", "ok"],
    ["reports/*", "ok"],
    ["reports", "LINK_SIGNATURE_INVALID"],
    ["Reports/a", "LINK_SIGNATURE_INVALID"],
    ["x/reports/a", "LINK_SIGNATURE_INVALID"],
    ["reports/a\n", "LINK_SIGNATURE_INVALID"],
    ["", "LINK_SIGNATURE_INVALID"],
    [null, "LINK_SIGNATURE_INVALID"],
  ])("with the scope reports/* is for the hash %j: %s", async (hash, expected) => {
    const link = await signed({ scope: "reports/*", hash: null, url: null });
    expect(await standing({ ...link, hash })).toBe(expected);
    expect(await standing({ ...link, hash, url: "https://b.co/any" }), "with any url").toBe(expected);
  });
});

describe("what is told of a link that does not hold", () => {
  it("comes in one order: the key, the signature, the end, the beginning, the address", async () => {
    const good = await signed({ nbf: START, ip: "192.0.2.1" });
    const forged = { ...good, url: "https://b.co/other" };
    const late = END * 1000;
    expect(await standing({ ...forged, kid: "nobodys0" }, late)).toBe("LINK_KEY_UNKNOWN");
    expect(await standing(forged, late)).toBe("LINK_SIGNATURE_INVALID");
    expect(await standing(forged, NOW - 1)).toBe("LINK_SIGNATURE_INVALID");
    expect(await standing(good, late)).toBe("LINK_EXPIRED");
    expect(await standing(good, NOW - 1)).toBe("LINK_NOT_YET_VALID");
    expect(await standing(good, NOW)).toBe("LINK_ADDRESS_REFUSED");
    expect(await standing(good, NOW, "192.0.2.1")).toBe("ok");
  });

  it("asks for the key that the link names, once, and for no other", async () => {
    const asked: string[] = [];
    const keyOf = (kid: string) => {
      asked.push(kid);
      return null;
    };
    expect(await checkSignedLink(await signed(), keyOf, { now: NOW, address: CLIENT })).toBe("LINK_KEY_UNKNOWN");
    expect(asked).toEqual(["041ge2od"]);
  });
});

describe("THREATS 25: no link verifies", () => {
  const TEXTS = ["site", "hash", "url", "scope", "ip", "kid", "sig"] as const;

  it("with a single character of any field changed, taken away or put in", async () => {
    const character = fc.constantFrom(..."abAB019+/%*-_.: \n\0é");
    const edit = fc.record({ field: fc.constantFrom(...TEXTS), at: fc.nat(), character, kind: fc.nat(2) });
    await fc.assert(
      fc.asyncProperty(anyLink(), edit, async (fields, { field, at, character, kind }) => {
        const link = await signed({ ...fields, exp: END, nbf: null, ip: fields.ip && "203.0.113.0/24" });
        expect(await standing(link)).toBe("ok");
        const text = link[field];
        // A prefix link is good for other hashes and urls: that is what it is for.
        fc.pre(text !== null && !(link.scope !== null && (field === "hash" || field === "url")));
        const start = at % (text.length + 1);
        const changed = text.slice(0, start) + (kind === 0 ? "" : character) + text.slice(start + (kind === 2 ? 0 : 1));
        fc.pre(changed !== text);
        expect(await standing({ ...link, [field]: changed })).not.toBe("ok");
      }),
      { numRuns: 300 },
    );
  });

  it("with any character of its signature changed", async () => {
    const link = await signed();
    for (let at = 0; at < link.sig.length; at++) {
      for (const other of "AQgw_-09") {
        const sig = link.sig.slice(0, at) + other + link.sig.slice(at + 1);
        if (sig !== link.sig) expect(await standing({ ...link, sig }), sig).toBe("LINK_SIGNATURE_INVALID");
      }
    }
  });

  it("with another end or beginning, or with a field put in or left out", async () => {
    const link = await signed({ nbf: START, ip: "203.0.113.0/24" });
    const changes: Partial<SignedLink>[] = [
      { exp: END + 1 },
      { exp: END - 1 },
      { exp: END * 10 },
      { exp: Number.NaN },
      { exp: Number.POSITIVE_INFINITY },
      { nbf: START - 1 },
      { nbf: 0 },
      { nbf: null },
      { nbf: Number.NaN },
      { ip: null },
      { ip: "0.0.0.0/0" },
      { ip: "203.0.113.7/24" },
      { hash: null },
      { url: null },
      { hash: null, url: null },
      { scope: "report-7*" },
      { scope: "r*" },
      { scope: "*" },
    ];
    for (const change of changes) {
      expect(await standing({ ...link, ...change }), JSON.stringify(change)).toBe("LINK_SIGNATURE_INVALID");
    }
  });

  it("at another tenant, though both have the same key", async () => {
    await fc.assert(
      fc.asyncProperty(anyLink(), signable(10), async (fields, site) => {
        fc.pre(site !== fields.site);
        const link = await signed({ ...fields, exp: END, nbf: null, ip: null });
        expect(await standing({ ...link, site })).toBe("LINK_SIGNATURE_INVALID");
      }),
    );
  });

  it("by the tenant's other key, or by the key of an id that is gone", async () => {
    const link = await signed();
    expect(await standing({ ...link, kid: "newer000" })).toBe("LINK_SIGNATURE_INVALID");
    expect(await standing({ ...link, kid: "oldest00" })).toBe("LINK_KEY_UNKNOWN");
  });

  it("when it asks for nothing, whoever signed it", async () => {
    expect(await standing(await carelessly({ hash: null, url: null }))).toBe("LINK_SIGNATURE_INVALID");
    expect(await standing(await carelessly({ hash: "", url: null }))).toBe("LINK_SIGNATURE_INVALID");
    expect(await standing(await carelessly({ url: "" }))).toBe("LINK_SIGNATURE_INVALID");
  });
});

describe("fields cannot be shifted into each other", () => {
  it.each([
    ["a hash that holds a line break and the url", { hash: `report-7\n${PLAIN.url}`, url: null }],
    ["a url that holds the end of time", { url: `${PLAIN.url}\n999999999999` }],
    ["a site that holds the hash", { site: "acme\nreport-7", hash: null }],
    ["a hash with a carriage return", { hash: "report-7\r" }],
    ["a hash with a lone surrogate", { hash: "report-\ud800" }],
    ["a url with a NUL", { url: `${PLAIN.url}\0` }],
    ["a scope with a line break", { scope: "report\n*", hash: "report\n7" }],
    ["a prefix link whose hash has a line break", { scope: "report*", hash: "report\n" }],
    ["a scope of everything", { scope: "*" }],
    ["a scope with a second star", { scope: "r**", hash: "r*7" }],
  ])("not by %s, even when it is signed so", async (_, fields) => {
    expect(await standing(await carelessly(fields))).toBe("LINK_SIGNATURE_INVALID");
  });

  it("hash and url do not change places", async () => {
    const text = "https://b.co/a";
    const [byUrl, byHash] = await Promise.all([signed({ url: text, hash: null }), signed({ url: null, hash: text })]);
    expect(await standing({ ...byUrl, url: null, hash: text })).toBe("LINK_SIGNATURE_INVALID");
    expect(await standing({ ...byHash, url: text, hash: null })).toBe("LINK_SIGNATURE_INVALID");
    expect(await standing({ ...byHash, url: text })).toBe("LINK_SIGNATURE_INVALID");
  });

  it("a link for the one key that ends in a star is none for all keys that begin so", async () => {
    const one = await signed({ hash: "reports/*", url: null });
    expect(await standing(one)).toBe("ok");
    expect(await standing({ ...one, scope: "reports/*", hash: "reports/secret" })).toBe("LINK_SIGNATURE_INVALID");
    expect(await standing({ ...one, scope: "reports/*" })).toBe("LINK_SIGNATURE_INVALID");
    const many = await signed({ scope: "reports/*", hash: null, url: null });
    expect(await standing({ ...many, scope: null, hash: "reports/*" })).toBe("LINK_SIGNATURE_INVALID");
  });

  it("nbf and ip do not stand for each other", async () => {
    const link = await signed({ ip: "203.0.113.7" });
    expect(await standing({ ...link, nbf: START, ip: null })).toBe("LINK_SIGNATURE_INVALID");
    for (const ip of ["0.0.0.0/0", String(START)]) {
      expect(await standing({ ...(await signed()), ip })).toBe("LINK_SIGNATURE_INVALID");
    }
  });
});
