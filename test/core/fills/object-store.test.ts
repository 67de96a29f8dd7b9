import { describe, expect, it } from "vitest";
import { isObjectStore } from "../../../src/core/fills/object-store.ts";
import { readOriginUrl } from "../../../src/core/origin-url/origin-url.ts";

const SIGNED_S3 = "https://files.example/b/k?X-Amz-Signature=00";

function tell(text: string, ...fields: readonly string[]): boolean {
  const url = readOriginUrl(text);
  if (typeof url === "string") throw new Error(url);
  // Real ones, since they refuse to be asked for what is no name of a field.
  const headers = new Headers(fields.map((name): [string, string] => [name, "1"]));
  return isObjectStore(url, { status: 200, header: (name) => headers.get(name) });
}

describe("an object store", () => {
  it("is known by its host, whatever it says", () => {
    expect(tell("https://bucket.s3.eu-central-1.amazonaws.com/k")).toBe(true);
  });

  it.each([
    ["S3", SIGNED_S3, "x-amz-request-id"],
    ["S3 of old", "https://files.example/b/k?AWSAccessKeyId=a&Signature=b&Expires=1", "x-amz-request-id"],
    ["GCS", "https://files.example/b/k?X-Goog-Signature=00", "x-goog-generation"],
    ["GCS of old", "https://files.example/b/k?GoogleAccessId=a&Signature=b&Expires=1", "x-goog-generation"],
    ["Azure", "https://files.example/c/k?sv=2020-10-02&sr=b&sp=r&se=2030-01-01&sig=00", "x-ms-request-id"],
  ])("behind another host is known by the language of %s in URL and answer", (_, text, field) => {
    expect([tell(text, field), tell(text)]).toEqual([true, false]);
  });

  it("is not made of a server by parameters, or by fields, of another store", () => {
    expect(tell(SIGNED_S3, "x-goog-generation", "x-ms-request-id", "etag")).toBe(false);
    expect(tell("https://files.example/b/k", "x-amz-request-id")).toBe(false);
  });

  it("is nobody whose signing scheme is no store's", () => {
    const signed = "https://d1.example/k?Expires=1893456000&Signature=a&Key-Pair-Id=K1";
    expect(tell(signed, "x-amz-request-id", "x-goog-generation")).toBe(false);
  });
});
