import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { ObjectName } from "../../../src/core/origin-url/object-name.ts";
import type { Material } from "../../../src/core/verify/material.ts";
import { verifySigV2 } from "../../../src/core/verify/sigv2.ts";
import { HOUR, NOON } from "../samples.ts";
import { ODD_KEYS, oldSdkLink } from "./aws-links.ts";
import { ACCESS_KEY, at, objectIn, S3_SECRET, SECRET, signedUrl } from "./signed-samples.ts";
import { parameterOf, passingChanges } from "./tampering.ts";

const IN_HOST = objectIn("s3", "media", "host");
const IN_PATH = objectIn("s3", "media", "path");
const OVERRIDES = { VersionId: "v1", ResponseContentDisposition: 'attachment; filename="a b.mp4"' };

const verdict = (link: string, object: ObjectName | null = IN_HOST, now = NOON, material: Material[] = [S3_SECRET]) =>
  verifySigV2(signedUrl(link, object), material, at(now));

beforeAll(() => {
  vi.useFakeTimers({ now: NOON, toFake: ["Date"] });
  return () => vi.useRealTimers();
});

/** Signed by hand, for what the SDK does not write. */
function link(host: string, path: string, { signed = path, query = "", expires = String((NOON + HOUR) / 1000) } = {}) {
  const text = `GET\n\n\n${expires}\n${signed}`;
  const signature = encodeURIComponent(createHmac("sha1", SECRET).update(text).digest("base64"));
  return `https://${host}${path}?${query}AWSAccessKeyId=${ACCESS_KEY}&Expires=${expires}&Signature=${signature}`;
}

describe("links of the AWS SDK v2", () => {
  test.each(ODD_KEYS.filter((key) => !key.includes("/./")))("%s", async (key) => {
    expect(await verdict(oldSdkLink("v2", key))).toBe("valid");
    expect(await verdict(oldSdkLink("v2", key, { pathStyle: true }), IN_PATH)).toBe("valid");
    expect(await verdict(oldSdkLink("v2", key, OVERRIDES))).toBe("valid");
  });

  test("of a session are unknown", async () => {
    expect(await verdict(oldSdkLink("v2", "a.mp4", { sessionToken: "a session" }))).toBe("unknown");
  });
});

describe("a changed link", () => {
  test("passes with no changed character of path, expiry, signature, key id or signed parameter", async () => {
    const signed = oldSdkLink("v2", "dir/ä b.mp4", OVERRIDES);
    const names = ["AWSAccessKeyId", "Expires", "Signature", "versionId", "response-content-disposition"];
    const parts = [new URL(signed).pathname, ...names.map((name) => parameterOf(signed, name))];
    expect(await passingChanges(signed, verdict, parts)).toEqual([]);
    expect(await verdict(signed)).toBe("valid");
  });

  test.each([
    ["a version added", "&versionId=v2", "invalid"],
    ["a version added in another spelling", "&VersionID=v2", "unknown"],
    ["a header added", "&x-amz-request-payer=requester", "unknown"],
    ["an unsigned parameter added", "&utm_source=mail", "valid"],
    ["a second expiry", "&Expires=1999999999", "invalid"],
    ["a second signature", "&signature=abc", "invalid"],
  ])("%s", async (_, added, expected) => {
    expect(await verdict(`${oldSdkLink("v2", "a.mp4")}${added}`)).toBe(expected);
  });

  test.each([
    ["a name in another case", "Signature=", "signature=", "unknown"],
    ["an expiry that is no number", /Expires=\d+/, "Expires=never", "invalid"],
    ["no expiry", /Expires=\d+&/, "", "invalid"],
    ["an empty signature", /Signature=[^&]+/, "Signature=", "invalid"],
  ])("%s", async (_, from, to, expected) => {
    expect(await verdict(oldSdkLink("v2", "a.mp4").replace(from, to))).toBe(expected);
  });

  test("a sub-resource without a value, and one that is signed twice", async () => {
    const torrent = link("media.s3.amazonaws.com", "/a", { signed: "/media/a?torrent", query: "torrent&" });
    expect(await verdict(torrent)).toBe("valid");
    expect(await verdict(torrent.replace("torrent", "torrent="))).toBe("invalid");
    expect(await verdict(torrent.replace("torrent", "torrent&torrent"))).toBe("unknown");
    const plus = link("media.s3.amazonaws.com", "/a", { signed: "/media/a?versionId=a+b", query: "versionId=a+b&" });
    expect(await verdict(plus)).toBe("unknown");
  });
});

describe("whose bucket it is", () => {
  test("a bucket in the host is part of what is signed", async () => {
    expect(await verdict(link("media.s3.amazonaws.com", "/a", { signed: "/media/a" }))).toBe("valid");
    expect(await verdict(link("media.s3.amazonaws.com", "/media/a"))).toBe("invalid");
    expect(await verdict(link("cdn.example.com", "/a", { signed: "/media/a" }))).toBe("valid");
  });

  test("a host of which we do not know whether it stands for a bucket leaves it open", async () => {
    expect(await verdict(link("files.example.com", "/media/a"), null)).toBe("unknown");
    expect(await verdict(link("media.example.com", "/a"), objectIn("az", "media", "path"))).toBe("unknown");
  });

  test.each(["127.0.0.1:9000", "localhost:9000", "[::1]:9000"])("%s stands for none", async (host) => {
    expect(await verdict(link(host, "/media/a"), null)).toBe("valid");
    expect(await verdict(link(host, "/media/b", { signed: "/media/a" }), null)).toBe("invalid");
  });
});

test("the last millisecond passes, the end does not", async () => {
  const signed = oldSdkLink("v2", "a.mp4");
  expect(await verdict(signed, IN_HOST, NOON + HOUR - 1)).toBe("valid");
  expect(await verdict(signed, IN_HOST, NOON + HOUR)).toBe("invalid");
});

test("a foreign key id is unknown, another secret is invalid, and one of two is enough", async () => {
  const signed = oldSdkLink("v2", "a.mp4");
  const other = { ...S3_SECRET, secretAccessKey: `${SECRET}x` };
  expect(await verdict(signed, IN_HOST, NOON, [])).toBe("unknown");
  expect(await verdict(signed, IN_HOST, NOON, [{ ...S3_SECRET, accessKeyId: "AKIAANOTHER" }])).toBe("unknown");
  expect(await verdict(signed, IN_HOST, NOON, [other])).toBe("invalid");
  expect(await verdict(signed, IN_HOST, NOON, [other, S3_SECRET])).toBe("valid");
});
