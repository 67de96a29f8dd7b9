import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { verifyCloudFront } from "../../../src/core/verify/cloudfront.ts";
import { HOUR, NOON, SECOND } from "../samples.ts";
import { cloudFrontKey, handMade, KEY_PAIR_ID, P256, policyText, RSA, sdkLink } from "./cloudfront-links.ts";
import { withVectors } from "./shared-vectors.ts";
import { at, signedUrl } from "./signed-samples.ts";
import { passingChanges } from "./tampering.ts";

const FILE = "https://d111111abcdef8.cloudfront.net/dir/a%20b.mp4?size=large";
const ANYWHERE = "https://d111111abcdef8.cloudfront.net/*";
const RSA_KEY = cloudFrontKey(RSA.publicKey);
const EC_KEY = cloudFrontKey(P256.publicKey);

const verdict = (link: string, key = RSA_KEY, now = NOON) => verifyCloudFront(signedUrl(link), [key], at(now));

describe("a link of AWS's signer", () => {
  it.each([
    ["with a query", FILE],
    ["without a query", "https://d111111abcdef8.cloudfront.net/a.mp4"],
    ["over http, at a port", "http://media.example.com:8080/a.mp4"],
    ["of a name beyond ASCII", "https://media.example.com/größe/日本.txt?name=ü"],
    ["of a key with empty segments", "https://media.example.com//a//b.txt?x=&y"],
  ])("passes %s", async (_, url) => {
    expect(await verdict(sdkLink(url))).toBe("valid");
    expect(await verdict(sdkLink(url, { algorithm: "SHA256" }))).toBe("valid");
  });

  it("passes wherever its parameters stand, the others in their order", async () => {
    const [address, , expires, id, signature] = sdkLink(FILE).split(/[?&]/);
    expect(await verdict(`${address}?${signature}&size=large&${expires}&${id}`)).toBe("valid");
  });

  it("passes with a custom policy", async () => {
    const policy = policyText(ANYWHERE, { DateGreaterThan: { "AWS:EpochTime": NOON / 1000 } });
    expect(await verdict(sdkLink(FILE, { policy }))).toBe("valid");
    expect(await verdict(sdkLink(FILE, { policy, algorithm: "SHA256" }))).toBe("valid");
  });

  it("passes no changed character, canned or custom", async () => {
    const canned = sdkLink(FILE);
    const custom = sdkLink(FILE, { policy: policyText(FILE) });
    expect(await passingChanges(canned, verdict)).toEqual([]);
    expect(await passingChanges(custom, verdict)).toEqual([]);
  });

  it("ends with the second that it names", async () => {
    const link = sdkLink(FILE);
    expect(await verdict(link, RSA_KEY, NOON + HOUR - 1)).toBe("valid");
    expect(await verdict(link, RSA_KEY, NOON + HOUR)).toBe("invalid");
    expect(await verdict(sdkLink(FILE, { policy: policyText(FILE) }), RSA_KEY, NOON + HOUR)).toBe("invalid");
  });

  it("is invalid by another key, and unknown by another id", async () => {
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey;
    expect(await verdict(sdkLink(FILE), cloudFrontKey(other))).toBe("invalid");
    expect(await verdict(sdkLink(FILE), EC_KEY)).toBe("invalid");
    expect(await verdict(sdkLink(FILE), cloudFrontKey(RSA.publicKey, "KOTHER"))).toBe("unknown");
    expect(await verifyCloudFront(signedUrl(sdkLink(FILE)), [], at())).toBe("unknown");
  });

  it("is unknown with a key that is none", async () => {
    expect(await verdict(sdkLink(FILE), { ...RSA_KEY, publicKey: "no key" })).toBe("unknown");
  });

  it("does not pass with a parameter added, dropped or moved among those that are signed", async () => {
    const link = sdkLink(`${FILE}&color=red`);
    expect(await verdict(`${link}&more=1`)).toBe("invalid");
    expect(await verdict(link.replace("&color=red", ""))).toBe("invalid");
    expect(await verdict(link.replace("size=large&color=red", "color=red&size=large"))).toBe("invalid");
  });

  it("is unknown in a spelling that CloudFront may read otherwise", async () => {
    const link = sdkLink(FILE);
    expect(await verdict(link.replace("&Expires=", "&expires="))).toBe("unknown");
    expect(await verdict(`${link}&Expires=1`)).toBe("unknown");
    expect(await verdict(`${link}&Policy=eyJ9`)).toBe("unknown");
    expect(await verdict(`${link}&Hash-Algorithm=MD5`)).toBe("unknown");
    expect(await verdict(link.replace(/Expires=\d+/, "Expires=0x7fffffff"))).toBe("unknown");
    expect(await verdict(link.replace("/dir/", "/dir/../dir/"))).toBe("unknown");
  });

  it("passes in no second spelling of its signature", async () => {
    const link = sdkLink(FILE, { policy: policyText(FILE) });
    const signature = /(?<=&Signature=)[^&]+/;
    expect(await verdict(link.replace(signature, (text) => text.replace(/_+$/, "")))).toBe("invalid");
    // The last character before the padding has bits that no byte holds.
    expect(await verdict(link.replace(signature, (text) => text.replace(/.__$/, "h__")))).toBe("invalid");
    expect(await verdict(link.replace(signature, (text) => text.replaceAll("_", "%3D")))).toBe("invalid");
  });
});

describe("a signature of ECDSA", () => {
  it.each(["SHA1", "SHA256"] as const)("passes over %s, and with no changed character", async (hash) => {
    const link = handMade(FILE, policyText(FILE), P256.privateKey, hash);
    expect(await verdict(link, EC_KEY)).toBe("valid");
    expect(await passingChanges(link, (changed) => verdict(changed, EC_KEY))).toEqual([]);
  });

  it("is invalid by another key, and over another hash", async () => {
    const other = cloudFrontKey(generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey);
    const link = handMade(FILE, policyText(FILE));
    expect(await verdict(link, other)).toBe("invalid");
    expect(await verdict(`${link}&Hash-Algorithm=SHA256`, EC_KEY)).toBe("invalid");
    expect(await verdict(link, RSA_KEY)).toBe("invalid");
  });
});

withVectors<{ id: string; url: string }[]>("sdk_made_urls.json", (links) => {
  describe("a link that was made elsewhere", () => {
    it("is unknown: nobody registered its key, and one is bound to an address", async () => {
      const ours = links.filter(({ id }) => id.startsWith("cloudfront-"));
      expect(ours).toHaveLength(2);
      for (const { url } of ours) expect(await verdict(url, cloudFrontKey(RSA.publicKey, "KOTHER"))).toBe("unknown");
    });

    it("is invalid, or unknown for its address, by another key of the same id", async () => {
      const [canned, custom] = links.filter(({ id }) => id.startsWith("cloudfront-"));
      expect(canned?.url).toContain(KEY_PAIR_ID);
      expect(await verdict(canned?.url ?? "")).toBe("invalid");
      expect(await verdict(custom?.url ?? "", RSA_KEY, NOON + SECOND)).toBe("unknown");
    });
  });
});
