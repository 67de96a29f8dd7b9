import { describe, expect, test } from "vitest";
import { quirksOf } from "../../../../src/platform/s3/quirks.ts";
import { addressOf, type S3Settings } from "../../../../src/platform/s3/s3-settings.ts";

const settings = (endpoint: string, addressing?: "path" | "virtual"): S3Settings => ({
  ...{ endpoint, bucket: "copies", accessKeyId: "id", secretAccessKey: "secret" },
  ...(addressing && { addressing }),
});

describe("the address of an object", () => {
  test.each([
    [settings("https://s3.example"), "https://s3.example/copies/a/b"],
    [settings("https://s3.example", "path"), "https://s3.example/copies/a/b"],
    [settings("https://s3.example:9000/s3"), "https://s3.example:9000/s3/copies/a/b"],
    [settings("https://s3.example", "virtual"), "https://copies.s3.example/a/b"],
    [settings("https://s3.example:9000/s3", "virtual"), "https://copies.s3.example:9000/s3/a/b"],
  ])("in %o is %s", (at, address) => {
    expect(addressOf(at, "a/b").href).toBe(address);
  });

  test.each([
    [settings("https://s3.example"), "https://s3.example/copies"],
    [settings("https://s3.example", "virtual"), "https://copies.s3.example/"],
  ])("of the bucket %o is %s", (at, address) => {
    expect(addressOf(at, "").href).toBe(address);
  });

  test("has a key that needs it encoded, so that signature and request agree", () => {
    expect(addressOf(settings("https://s3.example"), "a b/!'()*é%2F").pathname).toBe(
      "/copies/a%20b/%21%27%28%29%2A%C3%A9%252F",
    );
  });
});

describe("what is to be minded with a store", () => {
  test.each([
    ["s3.eu-central-1.amazonaws.com", true, "identity"],
    ["minio.example", true, "identity"],
    ["account.r2.cloudflarestorage.com", true, "identity"],
    ["storage.googleapis.com", false, "gzip"],
    ["copies.storage.googleapis.com", false, "gzip"],
    ["notstorage.googleapis.com", true, "identity"],
    ["storage.googleapis.com.example", true, "identity"],
    ["s3.us-west-004.backblazeb2.com", false, "identity"],
  ])("behind %s: conditional puts %s, accepted coding %s", (host, putsOnce, acceptEncoding) => {
    expect(quirksOf(host)).toEqual({ putsOnce, acceptEncoding });
  });
});
