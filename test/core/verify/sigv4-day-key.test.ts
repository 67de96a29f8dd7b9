import { createHmac } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { verifySigV4 } from "../../../src/core/verify/sigv4.ts";
import { NOON } from "../samples.ts";
import { sdkLink } from "./aws-links.ts";
import { ACCESS_KEY, at, S3_SECRET, SECRET, signedUrl } from "./signed-samples.ts";
import { passingChanges } from "./tampering.ts";

/** As AWS's documents derive it, with another implementation of HMAC. */
function dayKey(date: string, region: string) {
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const key = ["s3", "aws4_request"].reduce(hmac, hmac(hmac(`AWS4${SECRET}`, date), region)).toString("hex");
  return { kind: "s3-day-key", accessKeyId: ACCESS_KEY, date, region, key } as const;
}

const TODAY = dayKey("20261120", "us-east-1");

describe("a signing key of one day", () => {
  test("checks the links of its day and region as the secret does", async () => {
    const link = await sdkLink({});
    const verdict = (text: string) => verifySigV4(signedUrl(text), [TODAY], at());
    expect(await verdict(link)).toBe("valid");
    expect(await passingChanges(link, verdict)).toEqual([]);
  });

  test("says nothing of links of another day, region or key", async () => {
    const url = signedUrl(await sdkLink({}));
    const others = [dayKey("20261119", "us-east-1"), dayKey("20261120", "eu-west-1"), { ...TODAY, accessKeyId: "AK" }];
    expect(await verifySigV4(url, others, at())).toBe("unknown");
    expect(await verifySigV4(url, [...others, TODAY], at())).toBe("valid");
  });

  test("of another secret proves a link wrong", async () => {
    const wrong = { ...TODAY, key: "ab".repeat(32) };
    expect(await verifySigV4(signedUrl(await sdkLink({})), [wrong], at())).toBe("invalid");
  });
});

describe("what a check costs", () => {
  test("the second link of a day needs one signature and no new key", async () => {
    const material = [{ ...S3_SECRET }];
    await verifySigV4(signedUrl(await sdkLink({ Key: "one" })), material, at());
    const second = signedUrl(await sdkLink({ Key: "two" }));
    const spies = [vi.spyOn(crypto.subtle, "importKey"), vi.spyOn(crypto.subtle, "sign")];
    expect(await verifySigV4(second, material, at(NOON))).toBe("valid");
    expect(spies.map((spy) => spy.mock.calls.length)).toEqual([0, 1]);
    for (const spy of spies) spy.mockRestore();
  });
});
