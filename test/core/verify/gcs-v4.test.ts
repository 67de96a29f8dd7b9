import { beforeAll, describe, expect, test, vi } from "vitest";
import { verifyGcsV4 } from "../../../src/core/verify/gcs-v4.ts";
import type { Material } from "../../../src/core/verify/material.ts";
import { HOUR, MINUTE, NOON, SECOND } from "../samples.ts";
import { ODD_KEYS } from "./aws-links.ts";
import { ACCOUNT, GOOGLE_HMAC, googleHmacLink, googleLink, newAccountKey } from "./google-links.ts";
import { at, signedUrl } from "./signed-samples.ts";
import { passingChanges } from "./tampering.ts";

const KEY = newAccountKey();
const REGISTERED = { kind: "gcs-account", email: ACCOUNT, publicKeys: [KEY.pem] } as const;
const VHOST = { virtualHostedStyle: true };

const verdict = (link: string, now = NOON, material: readonly Material[] = [REGISTERED]) =>
  verifyGcsV4(signedUrl(link), material, at(now));

beforeAll(() => {
  vi.useFakeTimers({ now: NOON, toFake: ["Date"] });
  return () => vi.useRealTimers();
});

describe("links of Google's library", () => {
  test.each(ODD_KEYS.filter((key) => !key.includes("/./")))("%s", async (name) => {
    expect(await verdict(await googleLink(KEY, "v4", name))).toBe("valid");
    expect(await verdict(await googleLink(KEY, "v4", name, VHOST))).toBe("valid");
  });

  test.each([
    ["a CNAME", { cname: "https://cdn.example.com" }],
    ["an endpoint on another port, which is not signed", { endpoint: "http://localhost:8080" }],
    ["overrides", { responseDisposition: 'attachment; filename="a b+ü.mp4"', responseType: "video/mp4" }],
    ["parameters", { queryParams: { generation: "1700000000000000", userProject: "other" } }],
  ])("with %s", async (_, config) => {
    expect(await verdict(await googleLink(KEY, "v4", "dir/a.mp4", config))).toBe("valid");
  });

  test("to store an object are none to read it", async () => {
    expect(await verdict(await googleLink(KEY, "v4", "a", { action: "write" }))).toBe("invalid");
  });
});

describe("links by an HMAC key", () => {
  test.each([
    ["storage.googleapis.com", "/media/a%20b.mp4", "auto"],
    ["media.storage.googleapis.com", "/a.mp4", "europe-west1"],
  ])("%s%s in %s", async (host, path, region) => {
    const link = googleHmacLink(host, path, region);
    expect(await verdict(link, NOON, [GOOGLE_HMAC])).toBe("valid");
    expect(await passingChanges(link, (changed) => verdict(changed, NOON, [GOOGLE_HMAC]))).toEqual([]);
  });

  test("of another secret are invalid, of a foreign id unknown", async () => {
    const link = googleHmacLink("storage.googleapis.com", "/media/a");
    expect(await verdict(link, NOON, [{ ...GOOGLE_HMAC, secret: "another" }])).toBe("invalid");
    expect(await verdict(link, NOON, [{ ...GOOGLE_HMAC, accessId: "GOOG1OTHER" }])).toBe("unknown");
    expect(await verdict(link)).toBe("unknown");
  });
});

describe("a changed link", () => {
  test("passes with no changed character", async () => {
    const link = await googleLink(KEY, "v4", "dir/ä (1).mp4", { queryParams: { generation: "17" } });
    expect(await passingChanges(link, verdict)).toEqual([]);
    expect(await verdict(link)).toBe("valid");
  });

  test.each([
    ["one more parameter", (link: string) => `${link}&generation=2`, "invalid"],
    ["two signatures", (link: string) => `${link}&X-Goog-Signature=00`, "invalid"],
    ["half a digit", (link: string) => link.slice(0, -1), "invalid"],
    [
      "an upper-case signature",
      (link: string) => link.replace(/(?<=Signature=).*/, (hex) => hex.toUpperCase()),
      "invalid",
    ],
    ["a digest of the body", (link: string) => `${link}&X-Goog-Content-SHA256=00`, "unknown"],
    ["an unencoded parenthesis", (link: string) => link.replace("a.mp4", "(a).mp4"), "unknown"],
    ["a lower-case escape", (link: string) => link.replace("%2F", "%2f"), "unknown"],
    ["a + in a parameter", (link: string) => `${link}&x=a+b`, "unknown"],
    ["another algorithm", (link: string) => link.replace("GOOG4-RSA-SHA256", "GOOG4-RSA-SHA512"), "unknown"],
    ["signed headers", (link: string) => link.replace("Headers=host", "Headers=host%3Brange"), "unknown"],
  ])("%s", async (_, change, expected) => {
    expect(await verdict(change(await googleLink(KEY, "v4")))).toBe(expected);
  });
});

test.each([
  ["a quarter of an hour before its date", -15 * MINUTE, "valid"],
  ["a second earlier", -15 * MINUTE - SECOND, "invalid"],
  ["the last millisecond of its hour", HOUR - 1, "valid"],
  ["the end of its hour", HOUR, "invalid"],
])("%s", async (_, passed, expected) => {
  expect(await verdict(await googleLink(KEY, "v4"), NOON + passed)).toBe(expected);
});

describe("whose key it is", () => {
  const PUBLISHED = { ...REGISTERED, publicKeys: null };
  const OTHER = newAccountKey();
  const ask = async (material: Material, keys: readonly JsonWebKey[] | null = null) =>
    verifyGcsV4(signedUrl(await googleLink(KEY, "v4")), [material], at(NOON, keys));

  test("an account that only the URL names is unknown, and Google is not asked for it", async () => {
    const accountKeys = vi.fn(async () => [KEY.jwk]);
    const url = signedUrl(await googleLink(KEY, "v4"));
    const other = { ...PUBLISHED, email: "other@project.iam.gserviceaccount.com" };
    expect(await verifyGcsV4(url, [other], { now: NOON, accountKeys })).toBe("unknown");
    expect(accountKeys).not.toHaveBeenCalled();
  });

  test("any of the registered keys is enough, and none of them is a no", async () => {
    expect(await ask({ ...REGISTERED, publicKeys: [OTHER.pem, KEY.pem] })).toBe("valid");
    expect(await ask({ ...REGISTERED, publicKeys: [OTHER.pem] })).toBe("invalid");
  });

  test("any of Google's published keys is enough, and none of them leaves it open", async () => {
    expect(await ask(PUBLISHED, [OTHER.jwk, KEY.jwk])).toBe("valid");
    expect(await ask(PUBLISHED, [OTHER.jwk])).toBe("unknown");
    expect(await ask(PUBLISHED, null)).toBe("unknown");
  });
});

test("the second link of an account imports no key", async () => {
  const material = [{ ...REGISTERED }];
  await verdict(await googleLink(KEY, "v4", "one"), NOON, material);
  const second = await googleLink(KEY, "v4", "two");
  const importKey = vi.spyOn(crypto.subtle, "importKey");
  expect(await verdict(second, NOON, material)).toBe("valid");
  expect(importKey).not.toHaveBeenCalled();
  importKey.mockRestore();
});
