import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseProxyQuery } from "../../src/core/proxy-query.ts";
import { checkSignedLink } from "../../src/core/signed-link/check.ts";
import { readLinkParameters } from "../../src/core/signed-link/parameters.ts";
import { signLink } from "../../src/core/signed-link/sign.ts";
import { signedPath } from "../../src/core/signed-link/signed-link.ts";
import { signProxyLink } from "../../src/sdk/index.ts";
import { anyLink, KEY, START, signable } from "../core/signed-link/links.ts";

const ENDPOINT = "https://edge.example.com";
const LEAST = { endpoint: ENDPOINT, site: "acme", keyId: "041ge2od", key: KEY, hash: "report-7" } as const;

/** The link's parameters, decoded. */
async function parametersOf(link: Promise<string>): Promise<Record<string, string>> {
  return Object.fromEntries(new URL(await link).searchParams);
}

describe("the SDK and the edge", () => {
  it("make the same link of the same wish, whatever it is", async () => {
    await fc.assert(
      fc.asyncProperty(anyLink(), signable(), async (fields, path) => {
        const url = fields.url === null ? null : `https://b.co/${path.replaceAll(/[ \\]/g, "")}`;
        const wish = { url: url ?? undefined, hash: fields.hash ?? undefined, scope: fields.scope ?? undefined };
        const when = {
          expiresAt: fields.exp,
          notBefore: fields.nbf ?? undefined,
          ip: fields.ip ?? undefined,
          tags: fields.tags?.split(","),
        };
        const link = await signProxyLink({ ...LEAST, site: fields.site, ...wish, ...when });
        expect(link).toBe(ENDPOINT + signedPath(await signLink({ ...fields, url }, KEY)));
      }),
    );
  });

  it("understand each other from the wish to the door", async () => {
    const wish = { url: "https://b.co/a%2Fb?sig=x+y%20z", scope: "it's/*", hash: "it's/1+1 ☃", ip: "2001:db8::/32" };
    const link = await signProxyLink({ ...LEAST, ...wish, expiresIn: 60, notBefore: START, now: START });
    const query = parseProxyQuery(new URL(link).search.slice(1));
    const given = Object.fromEntries(new URL(link).searchParams);
    const raw = { exp: null, nbf: null, kid: null, sig: null, ip: null, scope: null, tags: null, ...given };
    const { hash, url } = query;
    const read = { site: "acme", hash, url, ...readLinkParameters(raw, hash) };
    const address = "2001:db8::9";
    expect(await checkSignedLink(read, () => KEY, { now: START * 1000, address })).toBe("ok");
    expect(await checkSignedLink(read, () => KEY, { now: (START + 60) * 1000, address })).toBe("LINK_EXPIRED");
  });

  it("both refuse control characters and lone surrogates in hash, url, scope and site", async () => {
    const bad = fc.constantFrom("\n", "\r", "\0", "\t", "\u007f", "\u0085", "\u009f", "\ud800", "\udfff");
    const place = fc.constantFrom("hash", "url", "scope", "site");
    const around = fc.tuple(signable(5), signable(5));
    await fc.assert(
      fc.asyncProperty(bad, place, around, async (character, field, [before, after]) => {
        // Beside its other half a lone surrogate is none.
        const text = `x${before} ${character} ${after}x`.replaceAll("*", "");
        const values: Record<string, string> = { url: `https://b.co/${text}`, scope: `${text}*` };
        const wrong = { [field]: values[field] ?? text };
        const hash = field === "scope" ? null : "report-7";
        const asked = { ...LEAST, hash: hash ?? undefined, expiresIn: 60, ...wrong };
        await expect(signProxyLink(asked)).rejects.toThrow(new RegExp(`^${field} `));
        const fields = { site: "acme", hash, url: null, scope: null, nbf: null, ip: null, tags: null, kid: "041ge2od" };
        await expect(signLink({ ...fields, exp: START, ...wrong }, KEY)).rejects.toThrow(new RegExp(`^${field} `));
      }),
    );
  });
});

describe("a moment", () => {
  it("counts from now, in whole seconds", async () => {
    const now = new Date(START * 1000 + 999);
    expect((await parametersOf(signProxyLink({ ...LEAST, expiresIn: 60, now }))).exp).toBe(String(START + 60));
    expect((await parametersOf(signProxyLink({ ...LEAST, expiresIn: 60, now: START }))).exp).toBe(String(START + 60));
  });

  it("counts from the clock when no now is given", async () => {
    const before = Math.floor(Date.now() / 1000);
    const exp = Number((await parametersOf(signProxyLink({ ...LEAST, expiresIn: 60 }))).exp);
    expect(exp).toBeGreaterThanOrEqual(before + 60);
    expect(exp).toBeLessThanOrEqual(Math.floor(Date.now() / 1000) + 60);
  });

  it("as a Date is rounded so that the link holds no longer than was wished", async () => {
    const link = { ...LEAST, expiresAt: new Date(START * 1000 + 1500), notBefore: new Date(START * 1000 + 1) };
    await expect(signProxyLink(link)).rejects.toThrow(/^notBefore /);
    const { exp, nbf } = await parametersOf(signProxyLink({ ...link, expiresAt: new Date(START * 1000 + 9500) }));
    expect([exp, nbf]).toEqual([String(START + 9), String(START + 1)]);
  });
});

describe("an endpoint", () => {
  it.each(["https://edge.example.com", "https://edge.example.com/", "http://127.0.0.1:8787", "http://localhost:8787/"])(
    "may be %s",
    async (endpoint) => {
      const link = await signProxyLink({ ...LEAST, endpoint, expiresIn: 60 });
      expect(link.startsWith(`${endpoint.replace(/\/$/, "")}/proxy?hash=report-7&site=acme&exp=`)).toBe(true);
    },
  );
});

describe("a wish that is refused names the field", () => {
  const good = { ...LEAST, expiresIn: 60 };

  it.each([
    ["endpoint", { endpoint: "" }],
    ["endpoint", { endpoint: "edge.example.com" }],
    ["endpoint", { endpoint: "ftp://edge.example.com" }],
    ["endpoint", { endpoint: "https://edge.example.com/proxy" }],
    ["endpoint", { endpoint: "https://edge.example.com?x" }],
    ["endpoint", { endpoint: "https://user:secret@edge.example.com" }],
    ["endpoint", { endpoint: undefined }],
    ["key", { key: "secret" }],
    ["key", { key: `${KEY} ` }],
    ["key", { key: `${KEY}\n` }],
    ["key", { key: KEY.replace("link", "key") }],
    ["key", { key: undefined }],
    ["keyId", { keyId: "" }],
    ["keyId", { keyId: "a b" }],
    ["keyId", { keyId: undefined }],
    ["site", { site: "" }],
    ["site", { site: undefined }],
    ["url", { hash: undefined }],
    ["url", { url: "/a" }],
    ["url", { url: "s3://bucket/a" }],
    ["url", { url: "https://b.co/a b" }],
    ["url", { url: "https://b.co/a\\b" }],
    ["url", { url: null }],
    ["hash", { hash: "a".repeat(513) }],
    ["hash", { hash: "é".repeat(257) }],
    ["hash", { hash: 7 }],
    ["hash", { scope: "other/*" }],
    ["scope", { scope: "report-7" }],
    ["scope", { scope: "*" }],
    ["scope", { scope: "r*p*" }],
    ["scope", { scope: `${"a".repeat(513)}*`, hash: undefined }],
    ["ip", { ip: "somewhere" }],
    ["ip", { ip: "203.0.113.0/24 " }],
    ["ip", { ip: "203.0.113.0/" }],
    ["expiresIn", { expiresIn: undefined }],
    ["expiresIn", { expiresAt: START }],
    ["expiresIn", { expiresIn: 0 }],
    ["expiresIn", { expiresIn: -60 }],
    ["expiresIn", { expiresIn: 1.5 }],
    ["expiresIn", { expiresIn: Number.NaN }],
    ["expiresIn", { expiresIn: 1e12 }],
    ["expiresIn", { expiresIn: "60" }],
    ["expiresAt", { expiresIn: undefined, expiresAt: Date.UTC(2030, 0) }],
    ["expiresAt", { expiresIn: undefined, expiresAt: new Date(Number.NaN) }],
    ["expiresAt", { expiresIn: undefined, expiresAt: -1 }],
    ["now", { now: Date.UTC(2030, 0) }],
    ["now", { now: new Date("never") }],
    ["notBefore", { now: START, notBefore: START + 60 }],
    ["notBefore", { notBefore: Number.NaN }],
  ])("%s: %j", async (field, wrong) => {
    const wish = { ...good, ...wrong } as Parameters<typeof signProxyLink>[0];
    await expect(signProxyLink(wish)).rejects.toThrow(new RegExp(`^${field} `));
  });

  it("and never holds the key", async () => {
    for (const wrong of [{ key: `${KEY}x` }, { keyId: KEY.slice(0, 9).concat(" ") }, { url: "no" }]) {
      const error: unknown = await signProxyLink({ ...good, ...wrong }).catch((reason: unknown) => reason);
      expect(String(error)).not.toContain(KEY.slice(10, 40));
    }
  });
});

describe("tags", () => {
  it("are signed by a second version of the canonical text, and a link without them is as it was", async () => {
    const least = { ...LEAST, expiresAt: 1_893_456_000 };
    const [plain, none] = await Promise.all([signProxyLink(least), signProxyLink({ ...least, tags: [] })]);
    expect(none).toBe(plain);
    const { tags, sig } = await parametersOf(signProxyLink({ ...least, tags: ["Sale", "v1"] }));
    expect(tags).toBe("Sale,v1");
    expect(sig).not.toBe((await parametersOf(Promise.resolve(plain))).sig);
  });

  it.each([
    ["a space", ["a b"]],
    ["a comma", ["a,b"]],
    ["nothing", [""]],
    ["a letter beyond ASCII", ["ä"]],
    ["65 characters", ["x".repeat(65)]],
    ["seventeen of them", Array.from({ length: 17 }, (_, at) => `t${at}`)],
  ])("are never %s", async (_, tags) => {
    await expect(signProxyLink({ ...LEAST, expiresIn: 60, tags })).rejects.toThrow(/^tags /);
  });
});
