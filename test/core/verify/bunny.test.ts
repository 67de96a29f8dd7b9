import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { verifyBunny } from "../../../src/core/verify/bunny.ts";
import { HOUR, NOON } from "../samples.ts";
import { withVectors } from "./shared-vectors.ts";
import { at, signedUrl } from "./signed-samples.ts";
import { passingChanges } from "./tampering.ts";

const HOST = "https://files.b-cdn.net";
const ZONE = { kind: "bunny", hosts: ["cdn.example.com", "files.b-cdn.net"], securityKey: "229248f0-example" } as const;
const EXPIRES = String(NOON / 1000 + 3600);

const verdict = (link: string, now = NOON, zones: readonly (typeof ZONE)[] = [ZONE]) =>
  verifyBunny(signedUrl(link), zones, at(now));

/** The signature over these parts, which the vendor's signers put one after the other. */
const sign = (path: string, data = "", expires = EXPIRES) =>
  `HS256-${createHmac("sha256", ZONE.securityKey).update(`${path}${expires}${data}`).digest("base64url")}`;

const inQuery = (path: string, query = "", token = sign(path, query)) =>
  `${HOST}${path}?token=${token}${query && `&${query}`}&expires=${EXPIRES}`;
const inPath = (path: string, query = "", token = sign(path, query)) =>
  `${HOST}/bcdn_token=${token}${query && `&${query}`}&expires=${EXPIRES}${path}`;

describe("a token of Bunny's", () => {
  it.each([
    ["in the query", inQuery("/dir/a.jpg")],
    ["in the path", inPath("/dir/a.jpg")],
    ["with parameters of the file", inQuery("/a.jpg", "class=thumb&width=200")],
    ["with a limit of speed", inQuery("/a.jpg", "limit=1000")],
    ["for an encoded path", inQuery("/gr%C3%B6%C3%9Fe/a%20b.jpg")],
    ["for parameters that need encoding", inQuery("/a.jpg", "name=%C3%A4%20b", sign("/a.jpg", "name=ä b"))],
    [
      "for any parameters",
      inQuery("/a.jpg", "token_ignore_params=true&more=1", sign("/a.jpg", "token_ignore_params=true")),
    ],
  ])("passes %s", async (_, link) => {
    expect(await verdict(link)).toBe("valid");
  });

  it("passes with its parameters in any order", async () => {
    const link = `${HOST}/a.jpg?width=200&expires=${EXPIRES}&class=thumb&token=${sign("/a.jpg", "class=thumb&width=200")}`;
    expect(await verdict(link)).toBe("valid");
  });

  it.each(["/dir", "/dir/", "/", "/dir/a.jpg"])("for the prefix %s passes for what is below it", async (prefix) => {
    const query = `token_path=${encodeURIComponent(prefix)}`;
    const token = sign(prefix, `token_path=${prefix}`);
    expect(await verdict(inQuery("/dir/a.jpg", query, token))).toBe("valid");
    expect(await verdict(inPath("/dir/a.jpg", query, token))).toBe("valid");
  });

  it("for a prefix does not pass beside it", async () => {
    const below = (prefix: string, path: string) =>
      verdict(inQuery(path, `token_path=${encodeURIComponent(prefix)}`, sign(prefix, `token_path=${prefix}`)));
    expect(await below("/dir", "/other/a.jpg")).toBe("invalid");
    expect(await below("/dir", "/directory/a.jpg")).toBe("unknown");
    expect(await below("/a b", "/a%20b/c.jpg")).toBe("unknown");
    expect(await below("dir", "/dir/a.jpg")).toBe("unknown");
    expect(await below("/dir/", "/dir/../other/a.jpg")).toBe("unknown");
  });

  it.each([
    ["in the query", inQuery("/dir/a.jpg", "class=thumb")],
    ["in the path", inPath("/dir/a.jpg")],
    ["for a prefix", inQuery("/dir/a.jpg", "token_path=%2Fdir%2Fa.jpg", sign("/dir/a.jpg", "token_path=/dir/a.jpg"))],
  ])("passes no changed character %s", async (_, link) => {
    expect(await verdict(link)).toBe("valid");
    expect(await passingChanges(link, verdict, [link.slice(HOST.length)])).toEqual([]);
  });

  it("lets no digits wander between path and time", async () => {
    const token = sign("/v9");
    expect(await verdict(`${HOST}/v9?token=${token}&expires=${EXPIRES}`)).toBe("valid");
    expect(await verdict(`${HOST}/v?token=${token}&expires=9${EXPIRES}`)).toBe("invalid");
    expect(await verdict(`${HOST}/v9${EXPIRES[0]}?token=${token}&expires=${EXPIRES.slice(1)}`)).toBe("invalid");
  });

  it("ends with the second that it names", async () => {
    expect(await verdict(inQuery("/a.jpg"), NOON + HOUR - 1)).toBe("valid");
    expect(await verdict(inQuery("/a.jpg"), NOON + HOUR)).toBe("invalid");
  });

  it("is checked with the keys of its host alone", async () => {
    const link = inQuery("/a.jpg");
    const other = { ...ZONE, securityKey: "other" } as unknown as typeof ZONE;
    expect(await verdict(link, NOON, [other])).toBe("invalid");
    expect(await verdict(link, NOON, [other, ZONE])).toBe("valid");
    expect(await verdict(link.replace("files.b-cdn", "foreign.b-cdn"))).toBe("unknown");
    expect(await verdict(link.replace("files.b-cdn.net", "cdn.example.com"))).toBe("valid");
    expect(await verdict(link, NOON, [])).toBe("unknown");
  });

  it.each([
    ["for an address", inQuery("/a.jpg", "", sign("/a.jpg").replace("HS256-", "HS256-1-"))],
    ["for some countries", inQuery("/a.jpg", "token_countries=CA")],
    ["against some countries", inQuery("/a.jpg", "token_countries_blocked=CA")],
    ["against countries that it does not sign", `${inQuery("/a.jpg")}&token_countries=CA`],
    ["of the older kind", inQuery("/a.jpg", "", sign("/a.jpg").replace("HS256-", ""))],
    ["twice", `${inQuery("/a.jpg")}&token=HS256-`],
    ["with a query behind the one in the path", `${inPath("/a.jpg")}?v=1`],
    ["with a plus", inQuery("/a.jpg", "name=a+b")],
    ["with a value that reads as more parameters", inQuery("/a.jpg", "a=1%26b%3D2", sign("/a.jpg", "a=1&b=2"))],
    ["without a time", `${HOST}/a.jpg?token=${sign("/a.jpg")}`],
    ["signed by the vendor's Go, which decodes the path", inQuery("/a%20b.jpg", "", sign("/a b.jpg"))],
  ])("is unknown %s", async (_, link) => {
    expect(await verdict(link)).toBe("unknown");
  });
});

type Vector = {
  id: string;
  url: string;
  verify?: { alg: string; key: string; inputs: { userIp: string; countriesAllowed: string; countriesBlocked: string } };
};

withVectors<{ vectors: Vector[] }>("signed_url_vectors.json", ({ vectors }) => {
  describe("the vendor's own vectors", () => {
    const ours = vectors.filter(({ id }) => id.startsWith("bunny-"));

    it("are fifteen", () => {
      expect(ours).toHaveLength(15);
    });

    it.each(ours.map((vector) => [vector.id, vector] as const))(
      "%s passes, unless it is bound",
      async (_, { url, verify }) => {
        const { userIp = "", countriesAllowed = "", countriesBlocked = "" } = verify?.inputs ?? {};
        const zone = { kind: "bunny", hosts: ["token-tester.b-cdn.net"], securityKey: verify?.key ?? "" } as const;
        const expected = `${userIp}${countriesAllowed}${countriesBlocked}` === "" ? "valid" : "unknown";
        const before = Date.UTC(2020, 7, 21);
        expect(await verifyBunny(signedUrl(url), [zone], at(before))).toBe(expected);
        if (expected === "valid") expect(await verifyBunny(signedUrl(url), [zone], at())).toBe("invalid");
      },
    );
  });
});
