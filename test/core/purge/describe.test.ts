import { describe, expect, it } from "vitest";
import { describeSelection } from "../../../src/core/purge/describe.ts";
import type { PurgeSelection } from "../../../src/core/purge/selection.ts";

const RULE = { scheme: "https", host: "*.example.com", port: 443, pathPrefix: "/a/" } as const;

describe("what a purge is about is told in the API's words:", () => {
  it.each<[PurgeSelection, object]>([
    [
      { by: "keys", keys: ["a", "b"] },
      { keys: ["a", "b"], keys_total: 2 },
    ],
    [{ by: "key-prefix", prefix: "a/" }, { prefix: "a/" }],
    [{ by: "url-prefix", prefix: "https://a.example/" }, { url_prefix: "https://a.example/" }],
    [{ by: "tag", tag: "a" }, { tag: "a" }],
    [{ by: "origin", id: 7, rule: RULE }, { origin: 7 }],
    [{ by: "all" }, { all: true }],
  ])("%o", (selection, words) => {
    expect(describeSelection(selection)).toEqual(words);
  });

  it("of many keys the first hundred, and how many there are", () => {
    const keys = Array.from({ length: 1000 }, (_, at) => `key-${at}`);
    expect(describeSelection({ by: "keys", keys })).toEqual({ keys: keys.slice(0, 100), keys_total: 1000 });
  });

  it.each<PurgeSelection>([
    { by: "keys", keys: ["a", "https://a.s3.amazonaws.com/x?X-Amz-Signature=verysecret"] },
    { by: "key-prefix", prefix: "https://a.example/x?token=verysecret" },
    { by: "url-prefix", prefix: "https://user:verysecret@a.example/x" },
  ])("tells no credential of a URL that was taken for a key: %j", (selection) => {
    const told = JSON.stringify(describeSelection(selection));
    expect(told).not.toContain("verysecret");
    expect(told).toMatch(/a\.(?:s3|example)/);
  });
});
