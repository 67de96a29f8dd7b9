import { beforeAll, describe, expect, test, vi } from "vitest";
import type { ObjectName } from "../../../src/core/origin-url/object-name.ts";
import { verifyGcsV2 } from "../../../src/core/verify/gcs-v2.ts";
import type { Material } from "../../../src/core/verify/material.ts";
import { HOUR, NOON } from "../samples.ts";
import { ODD_KEYS } from "./aws-links.ts";
import { ACCOUNT, googleLink, newAccountKey } from "./google-links.ts";
import { at, objectIn, signedUrl } from "./signed-samples.ts";
import { parameterOf, passingChanges } from "./tampering.ts";

const KEY = newAccountKey();
const REGISTERED = { kind: "gcs-account", email: ACCOUNT, publicKeys: [KEY.pem] } as const;
const IN_HOST = objectIn("gs", "media", "host");
const IN_PATH = objectIn("gs", "media", "path");

const verdict = (
  link: string,
  object: ObjectName | null = IN_PATH,
  now = NOON,
  material: readonly Material[] = [REGISTERED],
) => verifyGcsV2(signedUrl(link, object), material, at(now));

beforeAll(() => {
  vi.useFakeTimers({ now: NOON, toFake: ["Date"] });
  return () => vi.useRealTimers();
});

describe("links of Google's library", () => {
  test.each(ODD_KEYS.filter((key) => !key.includes("/./")))("%s", async (name) => {
    expect(await verdict(await googleLink(KEY, "v2", name))).toBe("valid");
    expect(await verdict(await googleLink(KEY, "v2", name, { virtualHostedStyle: true }), IN_HOST)).toBe("valid");
    expect(await verdict(await googleLink(KEY, "v2", name, { cname: "https://cdn.example.com" }), IN_HOST)).toBe(
      "valid",
    );
  });

  test("with parameters, of which none is signed", async () => {
    const queryParams = { generation: "17", userProject: "other" };
    expect(await verdict(await googleLink(KEY, "v2", "a", { queryParams, responseType: "video/mp4" }))).toBe("valid");
  });

  test("for an address of which we do not know whether it stands for a bucket are unknown", async () => {
    expect(await verdict(await googleLink(KEY, "v2", "a"), null)).toBe("unknown");
    expect(await verdict(await googleLink(KEY, "v2", "a"), objectIn("s3", "media", "path"))).toBe("unknown");
    const local = await googleLink(KEY, "v2", "a", { endpoint: "http://127.0.0.1:4443" });
    expect(await verdict(local, null)).toBe("valid");
  });

  test("of one bucket are none of another", async () => {
    const link = await googleLink(KEY, "v2", "a", { virtualHostedStyle: true });
    expect(await verdict(link, objectIn("gs", "other", "host"))).toBe("invalid");
    expect(await verdict(link.replace("/a?", "/media/a?"), IN_HOST)).toBe("invalid");
  });
});

describe("a changed link", () => {
  test("passes with no changed character of path, expiry, account or signature", async () => {
    const link = await googleLink(KEY, "v2", "dir/ä (1).mp4");
    const names = ["GoogleAccessId", "Expires", "Signature"];
    const parts = [new URL(link).pathname, ...names.map((name) => parameterOf(link, name))];
    expect(await passingChanges(link, verdict, parts)).toEqual([]);
    expect(await verdict(link)).toBe("valid");
  });

  test.each([
    ["a second expiry", (link: string) => `${link}&expires=1999999999`, "invalid"],
    ["no signature", (link: string) => link.replace(/&Signature=[^&]+/, ""), "invalid"],
    ["a signature that is no base64", (link: string) => link.replace(/Signature=[^&]+/, "Signature=*"), "invalid"],
    ["an expiry that is no number", (link: string) => link.replace(/Expires=\d+/, "Expires=-1"), "invalid"],
    ["a name in another case", (link: string) => link.replace("GoogleAccessId", "GOOGLEACCESSID"), "unknown"],
  ])("%s", async (_, change, expected) => {
    expect(await verdict(change(await googleLink(KEY, "v2")))).toBe(expected);
  });
});

test("the last millisecond passes, the end does not", async () => {
  const link = await googleLink(KEY, "v2");
  expect(await verdict(link, IN_PATH, NOON + HOUR - 1)).toBe("valid");
  expect(await verdict(link, IN_PATH, NOON + HOUR)).toBe("invalid");
});

test("an account that only the URL names is unknown, another key is invalid", async () => {
  const link = await googleLink(KEY, "v2");
  expect(await verdict(link, IN_PATH, NOON, [])).toBe("unknown");
  expect(await verdict(link, IN_PATH, NOON, [{ ...REGISTERED, publicKeys: [newAccountKey().pem] }])).toBe("invalid");
});
