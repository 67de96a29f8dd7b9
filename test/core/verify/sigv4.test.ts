import { beforeAll, describe, expect, test, vi } from "vitest";
import type { Material } from "../../../src/core/verify/material.ts";
import { verifySigV4 } from "../../../src/core/verify/sigv4.ts";
import { HOUR, MINUTE, NOON, SECOND } from "../samples.ts";
import { fetchLink, ODD_KEYS, oldSdkLink, sdkLink } from "./aws-links.ts";
import { at, S3_SECRET, SECRET, signedUrl } from "./signed-samples.ts";
import { passingChanges } from "./tampering.ts";

const verdict = (link: string, now = NOON, material: readonly Material[] = [S3_SECRET]) =>
  verifySigV4(signedUrl(link), material, at(now));

beforeAll(() => {
  vi.useFakeTimers({ now: NOON, toFake: ["Date"] });
  return () => vi.useRealTimers();
});

describe("links of the vendors' libraries", () => {
  test.each(ODD_KEYS)("AWS SDK v3: %s", async (Key) => {
    expect(await verdict(await sdkLink({ Key }))).toBe("valid");
    expect(await verdict(await sdkLink({ Key, pathStyle: true }))).toBe("valid");
  });

  test("AWS SDK v3 with a version, overrides and parameters that it moves out of headers", async () => {
    const link = await sdkLink({
      VersionId: "3/L4kqtJ+",
      ResponseContentDisposition: 'attachment; filename="a b+ü.mp4"',
      ResponseContentType: "video/mp4",
      RequestPayer: "requester",
    });
    expect(await verdict(link)).toBe("valid");
  });

  test.each([
    "https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com",
    "https://storage.googleapis.com",
    "http://127.0.0.1:9000",
    "https://minio.example.com:443",
    "http://[::1]:9000",
  ])("AWS SDK v3 for a store at %s", async (endpoint) => {
    expect(await verdict(await sdkLink({ endpoint, pathStyle: true }))).toBe("valid");
  });

  test.each(ODD_KEYS.filter((key) => !key.includes("/./")))("AWS SDK v2: %s", async (key) => {
    expect(await verdict(oldSdkLink("v4", key, { ResponseContentType: "a/b c" }))).toBe("valid");
  });

  test("aws4fetch, which writes a space as +, and leaves a part of a path unencoded that not all stores read alike", async () => {
    expect(await verdict(await fetchLink("https://media.s3.amazonaws.com/dir/a-b_c.~ä.mp4"))).toBe("valid");
    expect(await verdict(await fetchLink("https://media.s3.amazonaws.com/dir/(1)!*'@:$,;=&.mp4"))).toBe("unknown");
    const disposition = `response-content-disposition=${encodeURIComponent('attachment; filename="a b(1)"')}`;
    const link = await fetchLink(`https://media.s3.amazonaws.com/a.mp4?${disposition}`);
    expect(link).toContain("attachment%3B+filename");
    expect(await verdict(link)).toBe("valid");
  });
});

describe("a changed link", () => {
  test.each([
    ["plain", {}],
    ["odd", { Key: "dir/ä (1)+%2F.mp4", VersionId: "v1", ResponseContentDisposition: 'attachment; filename="a b"' }],
  ])("passes with no changed character: %s", async (_, options) => {
    const link = await sdkLink(options);
    expect(await passingChanges(link, verdict)).toEqual([]);
    expect(await verdict(link)).toBe("valid");
  });

  test("passes with no changed character: aws4fetch", async () => {
    const link = await fetchLink("https://media.s3.amazonaws.com/(1).mp4?versionId=v1");
    expect(await passingChanges(link, verdict)).toEqual([]);
  });

  test.each([
    ["one more parameter", (link: string) => `${link}&versionId=v2`, "invalid"],
    ["a parameter less", (link: string) => link.replace(/&x-id=GetObject/, ""), "invalid"],
    ["another method", () => fetchLink("https://media.s3.amazonaws.com/a", HOUR / SECOND, "PUT"), "invalid"],
    ["two signatures", (link: string) => `${link}&X-Amz-Signature=${"0".repeat(64)}`, "invalid"],
    ["two dates", (link: string) => `${link}&x-amz-date=20261120T120000Z`, "invalid"],
    ["no signature", (link: string) => link.replace(/X-Amz-Signature=\w+&?/, ""), "invalid"],
    [
      "an upper-case signature",
      (link: string) => link.replace(/(?<=Signature=)\w+/, (hex) => hex.toUpperCase()),
      "invalid",
    ],
    ["a repeated parameter", (link: string) => `${link}&x-id=GetObject`, "unknown"],
    ["an empty parameter", (link: string) => `${link}&`, "unknown"],
    ["broken percent-encoding", (link: string) => link.replace("a.mp4", "a%.mp4"), "unknown"],
    ["a + in the path", (link: string) => link.replace("a.mp4", "a+.mp4"), "unknown"],
    ["an encoded slash", (link: string) => link.replace("dir/", "dir%2F"), "unknown"],
    ["a name in another case", (link: string) => link.replace("X-Amz-Signature", "x-amz-signature"), "unknown"],
    ["another algorithm", (link: string) => link.replace("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"), "unknown"],
    ["signed headers", (link: string) => link.replace("SignedHeaders=host", "SignedHeaders=host%3Brange"), "unknown"],
    ["another payload", (link: string) => link.replace("UNSIGNED-PAYLOAD", "00"), "invalid"],
  ])("%s", async (_, change, expected) => {
    expect(await verdict(await change(await sdkLink({})))).toBe(expected);
  });

  test("passes in other spellings of the same", async () => {
    const link = await sdkLink({ Key: "~a b/c.mp4" });
    // Some stores sign a path as it was sent, others what it means.
    expect(await verdict(link.replace("/~a%20b", "/%7ea%20b"))).toBe("unknown");
    expect(await verdict(link.replaceAll("%2F", "%2f"))).toBe("valid");
    expect(await verdict(link.replace("//media.s3", "//MEDIA.S3"))).toBe("valid");
    expect(await verdict(link.replace(".amazonaws.com", ".amazonaws.com:443"))).toBe("valid");
  });
});

describe("time", () => {
  test.each([
    ["a quarter of an hour before its date", -15 * MINUTE, "valid"],
    ["a second earlier", -15 * MINUTE - SECOND, "invalid"],
    ["the last millisecond of its hour", HOUR - 1, "valid"],
    ["the end of its hour", HOUR, "invalid"],
  ])("%s", async (_, passed, expected) => {
    expect(await verdict(await sdkLink({}), NOON + passed)).toBe(expected);
  });

  test.each([
    [0, "invalid"],
    [1, "valid"],
    [604_800, "valid"],
    [604_801, "invalid"],
    [-1, "invalid"],
    [1.5, "invalid"],
  ])("a life of %d seconds", async (seconds, expected) => {
    expect(await verdict(await fetchLink("https://media.s3.amazonaws.com/a", seconds))).toBe(expected);
  });

  test.each([
    ["a date that no calendar has", "20260230T120000Z", "20260302"],
    ["no date", "now", "20261120"],
    ["a scope of another day", "20261120T120000Z", "20261119"],
  ])("%s", async (_, date, scope) => {
    const link = (await sdkLink({}))
      .replace(/X-Amz-Date=\w+/, `X-Amz-Date=${date}`)
      .replace("%2F20261120", `%2F${scope}`);
    expect(await verdict(link, Date.UTC(2026, 2, 2, 12))).toBe("invalid");
    expect(await verdict(link)).toBe("invalid");
  });
});

describe("material", () => {
  test("a key id that is not registered is unknown, and so is a link of a session", async () => {
    const link = await sdkLink({});
    expect(await verdict(link, NOON, [])).toBe("unknown");
    expect(await verdict(link, NOON, [{ ...S3_SECRET, accessKeyId: "AKIAANOTHER" }])).toBe("unknown");
    expect(await verdict(await sdkLink({ sessionToken: "a session" }))).toBe("unknown");
    expect(await verdict(await sdkLink({ sessionToken: "a session" }), NOON + HOUR)).toBe("invalid");
  });

  test("another secret than the registered one is invalid, and one of two is enough", async () => {
    const other = { ...S3_SECRET, secretAccessKey: `${SECRET}x` };
    expect(await verdict(await sdkLink({}), NOON, [other])).toBe("invalid");
    expect(await verdict(await sdkLink({}), NOON, [other, S3_SECRET])).toBe("valid");
  });
});
