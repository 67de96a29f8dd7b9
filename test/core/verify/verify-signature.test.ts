import { describe, expect, test, vi } from "vitest";
import type { Material } from "../../../src/core/verify/material.ts";
import { verifySignature } from "../../../src/core/verify/verify-signature.ts";
import { HOUR, NOON } from "../samples.ts";
import { sdkLink } from "./aws-links.ts";
import { ACCOUNT, GOOGLE_HMAC, googleHmacLink, googleLink, newAccountKey } from "./google-links.ts";
import { at, S3_SECRET, signedUrl } from "./signed-samples.ts";

const verdict = (link: string, schemes: readonly string[], material: readonly Material[], circumstances = at()) =>
  verifySignature({ ...signedUrl(link), schemes }, material, circumstances);

describe("by the scheme that a URL carries", () => {
  test("its own verifier says", async () => {
    expect(await verdict(await sdkLink({}), ["s3-sigv4"], [S3_SECRET])).toBe("valid");
    expect(await verdict(await sdkLink({}), ["s3-sigv4"], [S3_SECRET], at(NOON + HOUR))).toBe("invalid");
    const google = googleHmacLink("storage.googleapis.com", "/media/a");
    expect(await verdict(google, ["gcs-v4"], [S3_SECRET, GOOGLE_HMAC])).toBe("valid");
    expect(await verdict(google, ["s3-sigv4"], [S3_SECRET, GOOGLE_HMAC])).toBe("invalid");
  });

  test.each([
    ["none", []],
    ["two", ["s3-sigv4", "cloudfront"]],
    ["one that we cannot check", ["cos"]],
    ["one that nobody has", ["constructor"]],
  ])("%s: unknown", async (_, schemes) => {
    expect(await verdict(await sdkLink({}), schemes, [S3_SECRET])).toBe("unknown");
  });

  test.each([
    "s3-sigv4",
    "s3-sigv2",
    "gcs-v4",
    "gcs-v2",
    "cloudfront",
    "azure-sas",
    "oss-v1",
    "oss-v4",
    "bunny",
    "akamai",
    "qiniu",
  ])("%s: a URL that has nothing of it is never valid", async (scheme) => {
    expect(await verdict("https://media.example.com/a.mp4", [scheme], [S3_SECRET])).not.toBe("valid");
  });
});

describe("what fails on our side is unknown", () => {
  const account = { kind: "gcs-account", email: ACCOUNT } as const;
  const asked = { now: Date.now(), accountKeys: () => Promise.reject(new Error("unreachable")) };

  test("Google's keys cannot be had", async () => {
    const link = await googleLink(newAccountKey(), "v4", "a", { expires: Date.now() + HOUR });
    expect(await verdict(link, ["gcs-v4"], [{ ...account, publicKeys: null }], asked)).toBe("unknown");
  });

  test("what is registered is no key", async () => {
    const link = await googleLink(newAccountKey(), "v4", "a", { expires: Date.now() + HOUR });
    const broken = [{ ...account, publicKeys: ["no key"] }];
    expect(await verdict(link, ["gcs-v4"], broken, { ...asked, now: Date.now() })).toBe("unknown");
    const empty = [{ ...S3_SECRET, secretAccessKey: "" }];
    expect(await verdict(await sdkLink({}), ["s3-sigv4"], empty)).not.toBe("valid");
  });

  test("Web Crypto fails", async () => {
    const sign = vi.spyOn(crypto.subtle, "sign").mockRejectedValue(new Error("no crypto"));
    expect(await verdict(await sdkLink({}), ["s3-sigv4"], [{ ...S3_SECRET }])).toBe("unknown");
    sign.mockRestore();
  });
});
