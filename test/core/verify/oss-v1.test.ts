import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { verifyOssV1 } from "../../../src/core/verify/oss-v1.ts";
import { HOUR, NOON } from "../samples.ts";
import { ODD_KEYS, OSS_SECRET, sdkLinkV1 } from "./oss-links.ts";
import { withVectors } from "./shared-vectors.ts";
import { at, signedUrl } from "./signed-samples.ts";
import { parameterOf, passingChanges } from "./tampering.ts";

const verdict = (link: string, now = NOON, secret = OSS_SECRET) => verifyOssV1(signedUrl(link), [secret], at(now));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOON });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a link of the first version by Alibaba's SDK", () => {
  it.each(ODD_KEYS)("passes for %s", async (key) => {
    expect(await verdict(sdkLinkV1(key))).toBe("valid");
  });

  it("passes with everything that it signs of a download", async () => {
    const options = {
      process: "image/resize,w_200",
      trafficLimit: 819200,
      response: { "content-disposition": 'attachment; filename="ä b.mp4"', "content-type": "video/mp4", expires: "0" },
      subResource: { versionId: "v1" },
    };
    expect(await verdict(sdkLinkV1("a.mp4", options))).toBe("valid");
  });

  // The region is not signed: a bucket's name is one in all of them.
  it("passes no changed character of bucket, path and parameters", async () => {
    const link = sdkLinkV1("dir/a.mp4", { process: "image/resize", response: { "content-type": "video/mp4" } });
    const parts = ["media", "/dir/a.mp4", link.slice(link.indexOf("?") + 1)];
    expect(await passingChanges(link, verdict, parts)).toEqual([]);
  });

  it("passes at the endpoint inside Alibaba's networks, and with the bucket in the path", async () => {
    const link = sdkLinkV1("a.mp4");
    expect(await verdict(link.replace("cn-hangzhou", "cn-hangzhou-internal"))).toBe("valid");
    expect(await verdict(link.replace("media.oss", "oss").replace("/a.mp4", "/media/a.mp4"))).toBe("valid");
  });

  it("is invalid for another bucket, from its end on, and by another secret", async () => {
    const link = sdkLinkV1("a.mp4");
    expect(await verdict(link.replace("media.", "other."))).toBe("invalid");
    expect(await verdict(link, NOON + HOUR - 1)).toBe("valid");
    expect(await verdict(link, NOON + HOUR)).toBe("invalid");
    expect(await verdict(link, NOON, { ...OSS_SECRET, accessKeySecret: "other" } as never)).toBe("invalid");
    expect(await verdict(link.replace(/Expires=\d+/, "Expires=36001721319904"))).toBe("invalid");
    expect(await verdict(link.replace(`&${parameterOf(link, "Signature")}`, ""))).toBe("invalid");
  });

  it("is unknown by an id that nobody registered", async () => {
    expect(await verdict(sdkLinkV1("a.mp4"), NOON, { ...OSS_SECRET, accessKeyId: "LTAIOTHER" } as never)).toBe(
      "unknown",
    );
    expect(await verifyOssV1(signedUrl(sdkLinkV1("a.mp4")), [], at())).toBe("unknown");
  });

  it("ignores what is not signed", async () => {
    expect(await verdict(`${sdkLinkV1("a.mp4")}&utm_source=mail`)).toBe("valid");
  });

  it.each([
    ["a session token", () => sdkLinkV1("a.mp4", { "security-token": "STS" })],
    ["a session token that was added", () => `${sdkLinkV1("a.mp4")}&security-token=STS`],
    ["the access list of the object", () => sdkLinkV1("a.mp4", { subResource: { acl: "" } })],
    ["its tags", () => sdkLinkV1("a.mp4", { subResource: { tagging: "" } })],
    ["a parameter that counts as a header", () => `${sdkLinkV1("a.mp4")}&x-oss-request-payer=requester`],
    ["a parameter twice", () => `${sdkLinkV1("a.mp4")}&Expires=1`],
    ["other letter case", () => sdkLinkV1("a.mp4").replace("OSSAccessKeyId", "ossaccesskeyid")],
    ["a plus", () => sdkLinkV1("a.mp4").replace(/Signature=.{4}/, "Signature=ab+c")],
    ["a host of somebody's own", () => sdkLinkV1("a.mp4").replace(/media\.[a-z.-]+/, "media.example.com")],
    ["a host that only looks like OSS", () => sdkLinkV1("a.mp4").replace("aliyuncs.com", "aliyuncs.com.evil.example")],
    ["no object", () => sdkLinkV1("a.mp4").replace("/a.mp4", "/")],
    ["broken encoding in its path", () => sdkLinkV1("a.mp4").replace("/a.mp4", "/a%zz.mp4")],
    ["dot segments in its path", () => sdkLinkV1("a.mp4").replace("/a.mp4", "/b/..%2Fa.mp4")],
  ])("is unknown with %s", async (_, link) => {
    expect(await verdict(link())).toBe("unknown");
  });
});

withVectors<{ id: string; url: string }[]>("sdk_made_urls.json", (links) => {
  describe("the links of the first version that were made elsewhere", () => {
    it("pass by the secret that they were made with, but for the session's", async () => {
      const ours = links.filter(({ id }) => id.startsWith("alioss-v1"));
      const secret = { ...OSS_SECRET, accessKeyId: "ak", accessKeySecret: "sk" } as const;
      const verdicts = await Promise.all(ours.map(({ url }) => verifyOssV1(signedUrl(url), [secret], at())));
      expect(ours.map(({ id }) => id)).toEqual(["alioss-v1", "alioss-v1-over", "alioss-v1-sts"]);
      expect(verdicts).toEqual(["valid", "valid", "unknown"]);
    });
  });
});
