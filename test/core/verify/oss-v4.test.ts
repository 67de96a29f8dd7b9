import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { verifyOssV4 } from "../../../src/core/verify/oss-v4.ts";
import { HOUR, MINUTE, NOON } from "../samples.ts";
import { ODD_KEYS, OSS_SECRET, sdkLinkV4 } from "./oss-links.ts";
import { withVectors } from "./shared-vectors.ts";
import { at, signedUrl } from "./signed-samples.ts";
import { passingChanges } from "./tampering.ts";

const verdict = (link: string, now = NOON, secret = OSS_SECRET) => verifyOssV4(signedUrl(link), [secret], at(now));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOON });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a link of the fourth version by Alibaba's SDK", () => {
  it.each(ODD_KEYS)("passes for %s", async (key) => {
    expect(await verdict(await sdkLinkV4(key))).toBe("valid");
  });

  it("passes with parameters of every kind", async () => {
    const queries = {
      versionId: "v1",
      "x-oss-process": "image/resize,w_200",
      "response-content-disposition": 'attachment; filename="ä b(1)*.mp4"',
      flag: null,
    };
    expect(await verdict(await sdkLinkV4("a.mp4", { queries }))).toBe("valid");
  });

  it("passes with the host signed along, and only for that host", async () => {
    const link = await sdkLinkV4("a.mp4", { host: "media.oss-cn-hangzhou.aliyuncs.com" });
    expect(link).toContain("x-oss-additional-headers=host");
    expect(await verdict(link)).toBe("valid");
    expect(await verdict(link.replace("cn-hangzhou.ali", "cn-hangzhou-internal.ali"))).toBe("invalid");
  });

  it("passes whichever way its parameters are ordered and spelled", async () => {
    const [address, query = ""] = (await sdkLinkV4("dir/a.mp4")).split("?");
    expect(await verdict(`${address}?${query.split("&").reverse().join("&")}`)).toBe("valid");
    expect(await verdict(`${address?.replace("a.mp4", "%61.mp4")}?${query}`)).toBe("valid");
  });

  it("passes no changed character", async () => {
    const link = await sdkLinkV4("dir/a.mp4", { queries: { "x-oss-process": "image/resize" } });
    expect(await passingChanges(link, verdict)).toEqual([]);
  });

  it("does not pass with a parameter added or dropped", async () => {
    const link = await sdkLinkV4("a.mp4", { queries: { "x-oss-process": "image/resize" } });
    expect(await verdict(`${link}&more=1`)).toBe("invalid");
    expect(await verdict(link.replace("x-oss-process=image%2Fresize&", ""))).toBe("invalid");
  });

  it("counts from a quarter of an hour before its date until its end", async () => {
    const link = await sdkLinkV4("a.mp4");
    expect(await verdict(link, NOON - 15 * MINUTE - 1)).toBe("invalid");
    expect(await verdict(link, NOON - 15 * MINUTE)).toBe("valid");
    expect(await verdict(link, NOON + HOUR - 1)).toBe("valid");
    expect(await verdict(link, NOON + HOUR)).toBe("invalid");
    expect(await verdict(await sdkLinkV4("a.mp4", { expires: 604_801 }))).toBe("invalid");
  });

  it("is invalid for another bucket or by another secret", async () => {
    const link = await sdkLinkV4("a.mp4");
    expect(await verdict(link.replace("media.", "other."))).toBe("invalid");
    expect(await verdict(link, NOON, { ...OSS_SECRET, accessKeySecret: "other" } as never)).toBe("invalid");
    expect(await verdict(link.replace("20261120T", "20261121T"), NOON + 24 * HOUR)).toBe("invalid");
  });

  it.each([
    ["by an id that nobody registered", async () => (await sdkLinkV4("a.mp4")).replace("LTAIEXAMPLE", "LTAIOTHER")],
    ["with a session token", async () => await sdkLinkV4("a.mp4", { queries: { "x-oss-security-token": "STS" } })],
    ["in another region", async () => (await sdkLinkV4("a.mp4")).replace("oss-cn-hangzhou", "oss-cn-beijing")],
    ["with another header", async () => `${await sdkLinkV4("a.mp4")}&x-oss-additional-headers=range`],
    ["by another algorithm", async () => (await sdkLinkV4("a.mp4")).replace("HMAC-SHA256", "HMAC-SHA512")],
    ["for the object's access list", async () => await sdkLinkV4("a.mp4", { queries: { acl: null } })],
    ["with a plus", async () => `${await sdkLinkV4("a.mp4")}&name=a+b`],
    [
      "at a host of somebody's own",
      async () => (await sdkLinkV4("a.mp4")).replace("media.oss-cn-hangzhou.aliyuncs", "cdn.example"),
    ],
    ["with dot segments", async () => (await sdkLinkV4("a.mp4")).replace("/a.mp4", "/b/../a.mp4")],
    ["with broken encoding", async () => (await sdkLinkV4("a.mp4")).replace("/a.mp4", "/a%zz.mp4")],
  ])("is unknown %s", async (_, link) => {
    expect(await verdict(await link())).toBe("unknown");
  });
});

withVectors<{ id: string; url: string }[]>("sdk_made_urls.json", (links) => {
  describe("the links of the fourth version that were made elsewhere", () => {
    it("pass by the secret that they were made with, but for the session's", async () => {
      const ours = links.filter(({ id }) => id.startsWith("alioss-v4"));
      const secret = { ...OSS_SECRET, accessKeyId: "ak", accessKeySecret: "sk" } as const;
      const made = Date.UTC(2026, 10, 20, 19, 53, 34);
      const verdicts = await Promise.all(ours.map(({ url }) => verifyOssV4(signedUrl(url), [secret], at(made))));
      expect(ours.map(({ id }) => id)).toEqual(["alioss-v4", "alioss-v4-over", "alioss-v4-sts"]);
      expect(verdicts).toEqual(["valid", "valid", "unknown"]);
    });
  });
});
