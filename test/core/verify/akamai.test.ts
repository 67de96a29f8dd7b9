import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { verifyAkamai } from "../../../src/core/verify/akamai.ts";
import { HOUR, MINUTE, NOON } from "../samples.ts";
import { withVectors } from "./shared-vectors.ts";
import { at, signedUrl } from "./signed-samples.ts";
import { passingChanges } from "./tampering.ts";

const HOST = "https://edge.akamaized.net";
const PROPERTY = { kind: "akamai", hosts: ["edge.akamaized.net"], key: "52a152a152a152a152a152a152" } as const;
const EXP = `exp=${NOON / 1000 + 3600}`;

const verdict = (link: string, now = NOON, properties: readonly (typeof PROPERTY)[] = [PROPERTY]) =>
  verifyAkamai(signedUrl(link), properties, at(now));

/** A token over these fields; `hidden` ones are signed and do not stand in it. */
function token(fields: string, hidden = "", algorithm = "sha256"): string {
  const signed = hidden === "" ? fields : `${fields}~${hidden}`;
  const hmac = createHmac(algorithm, Buffer.from(PROPERTY.key, "hex")).update(signed).digest("hex");
  return `${fields}~hmac=${hmac}`;
}

const forPath = (path: string, fields = EXP) => `${HOST}${path}?__token__=${token(fields, `url=${path}`)}`;
const forList = (path: string, list: string, fields = EXP) => `${HOST}${path}?hdnts=${token(`${fields}~acl=${list}`)}`;

describe("a token of Akamai's", () => {
  it.each([
    ["for one path", forPath("/dir/a%20b.mp4")],
    [
      "with everything that it can say of anybody",
      forPath("/a.mp4", `st=${NOON / 1000 - 60}~${EXP}~id=session~data=payload`),
    ],
    ["escaped early, by the vendor's rules", `${HOST}/Dir/a'.mp4?__token__=${token(EXP, "url=%2fDir%2fa%27.mp4")}`],
    ["for all paths", forList("/dir/a.mp4", "/*")],
    ["for a folder", forList("/dir/a.mp4", "/dir/*")],
    ["for one of several patterns", forList("/dir/a.mp4", "/other/*!/dir/?.mp4")],
    ["for patterns that are encoded", forList("/dir/a.mp4", "%2fdir%2f*")],
    ["in a parameter of another name", forList("/a.mp4", "/*").replace("hdnts=", "__gda__=")],
  ])("passes %s", async (_, link) => {
    expect(await verdict(link)).toBe("valid");
  });

  it("leaves the query to whoever asks", async () => {
    expect(await verdict(`${forPath("/a.mp4")}&quality=high`)).toBe("valid");
    expect(await verdict(forPath("/a.mp4").replace("?", "?quality=high&"))).toBe("valid");
  });

  it.each([
    ["for one path", forPath("/dir/a.mp4", `st=${NOON / 1000}~${EXP}~id=s~data=p`), "__token__="],
    ["for a list", forList("/dir/a.mp4", "/dir/a.mp4"), "hdnts="],
  ])("passes no changed character %s", async (_, link, name) => {
    const changeable = ["/dir/a.mp4", link.slice(link.indexOf(name) + name.length)];
    expect(await verdict(link)).toBe("valid");
    expect(await passingChanges(link, verdict, changeable)).toEqual([]);
  });

  it("for a list does not pass beside it", async () => {
    expect(await verdict(forList("/other/a.mp4", "/dir/*"))).toBe("invalid");
    expect(await verdict(forList("/dir/ab.mp4", "/dir/?.mp4"))).toBe("invalid");
    expect(await verdict(forList("/a", "/b!/c"))).toBe("invalid");
  });

  it("begins and ends on its seconds", async () => {
    const link = forPath("/a.mp4", `st=${NOON / 1000}~${EXP}`);
    expect(await verdict(link, NOON - 1)).toBe("invalid");
    expect(await verdict(link, NOON)).toBe("valid");
    expect(await verdict(link, NOON + HOUR - 1)).toBe("valid");
    expect(await verdict(link, NOON + HOUR)).toBe("invalid");
    expect(await verdict(forPath("/a.mp4", "data=endless"))).toBe("invalid");
  });

  it("is checked with the keys of its host alone", async () => {
    const link = forPath("/a.mp4");
    const other = { ...PROPERTY, key: "aa".repeat(16) } as unknown as typeof PROPERTY;
    expect(await verdict(link, NOON, [other])).toBe("invalid");
    expect(await verdict(link, NOON, [other, PROPERTY])).toBe("valid");
    expect(await verdict(link.replace("edge.", "foreign."))).toBe("unknown");
    expect(await verdict(link, NOON, [])).toBe("unknown");
  });

  it.each([
    ["for an address", forPath("/a.mp4", `ip=192.0.2.1~${EXP}`)],
    ["with a field that we do not know", forPath("/a.mp4", `${EXP}~geo=de`)],
    ["with a field twice", forPath("/a.mp4", `${EXP}~${EXP}`)],
    ["with its path in it", `${HOST}/a.mp4?hdnts=${token(`${EXP}~url=/a.mp4`)}`],
    ["by a shorter hash", `${HOST}/a.mp4?hdnts=${token(EXP, "url=/a.mp4", "sha1")}`],
    ["twice", `${forPath("/a.mp4")}&hdnts=${token(EXP, "url=/a.mp4")}`],
    ["without a signature", `${HOST}/a.mp4?hdnts=${EXP}~acl=/*`],
    ["encoded as a whole", `${HOST}/a.mp4?hdnts=${encodeURIComponent(token(EXP, "url=/a.mp4"))}`],
    ["for a path with dot segments", forList("/dir/../a.mp4", "/dir/*")],
  ])("is unknown %s", async (_, link) => {
    expect(await verdict(link)).toBe("unknown");
  });

  it("is invalid with a salt, which nothing in it tells of", async () => {
    expect(await verdict(`${HOST}/a.mp4?hdnts=${token(EXP, "url=/a.mp4~salt=s")}`)).toBe("invalid");
  });
});

withVectors<{ id: string; url: string }[]>("sdk_made_urls.json", (links) => {
  describe("the tokens of Akamai's signer", () => {
    const ours = links.filter(({ id }) => id.startsWith("akamai-"));

    it("are read: one for an address, one for a list, by a key that is not ours", async () => {
      const verdicts = await Promise.all(ours.map(({ url }) => verdict(url, 1_795_204_900_000)));
      expect(ours.map(({ id }) => id)).toEqual(["akamai-query", "akamai-acl"]);
      expect(verdicts[0]).toBe("unknown");
      expect(await verdict(ours[1]?.url ?? "", 1_795_204_914_000 + MINUTE)).toBe("invalid");
    });
  });
});
