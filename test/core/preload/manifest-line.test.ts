import { describe, expect, it } from "vitest";
import { parseManifestLine } from "../../../src/core/preload/manifest-line.ts";
import { presigned, SIGNING } from "../samples.ts";

const URL_A = presigned("https://bucket.s3.amazonaws.com/a.mp4");

describe("a line of a manifest", () => {
  it.each([
    ["a URL", { url: URL_A }],
    ["a key", { url: URL_A, hash: "movie/1" }],
    ["an end", { url: URL_A, expires_at: "2027-01-01T00:00:00+01:00" }],
  ])("may have %s", (_, item) => {
    expect(parseManifestLine(JSON.stringify(item))).toEqual({ item });
    expect(parseManifestLine(` ${JSON.stringify(item)}\r`)).toEqual({ item });
  });

  it.each<[string, string | null, string, RegExp]>([
    ["too long, or not UTF-8", null, "INVALID_JSON", /longer than 65536 bytes/],
    ["a bare URL", URL_A, "INVALID_JSON", /not valid JSON/],
    ["half an object", `{"url":"${URL_A}"`, "INVALID_JSON", /not valid JSON/],
    ["two objects", `{"url":"${URL_A}"}{}`, "INVALID_JSON", /not valid JSON/],
    ["a string", JSON.stringify(URL_A), "INVALID_FIELD", /not a JSON object/],
    ["a list", JSON.stringify([URL_A]), "INVALID_FIELD", /not a JSON object/],
    ["null", "null", "INVALID_FIELD", /not a JSON object/],
    ["without a URL", '{"hash":"a"}', "MISSING_FIELD", /^url is required/],
    ["with a URL that is none", '{"url":7}', "INVALID_FIELD", /^url: /],
    [
      "with a URL over 8 KiB",
      JSON.stringify({ url: `${URL_A}&x=${"x".repeat(8192)}` }),
      "INVALID_FIELD",
      /^url: .*8192/,
    ],
    ["with an empty key", JSON.stringify({ url: URL_A, hash: "" }), "INVALID_FIELD", /^hash: /],
    [
      "with a day as its end",
      JSON.stringify({ url: URL_A, expires_at: "2027-01-01" }),
      "INVALID_FIELD",
      /^expires_at: /,
    ],
    ["with something more", JSON.stringify({ url: URL_A, size: 7 }), "INVALID_FIELD", /beside url, hash/],
    [
      "with a URL as the name of a field",
      JSON.stringify({ [URL_A]: 1, url: URL_A }),
      "INVALID_FIELD",
      /beside url, hash/,
    ],
  ])("is refused when it is %s, and the reason repeats nothing of it", (_, text, code, message) => {
    const parsed = parseManifestLine(text);
    expect(parsed).toEqual({ problem: { code, message: expect.stringMatching(message) } });
    expect(JSON.stringify(parsed)).not.toContain("amazonaws");
    expect(JSON.stringify(parsed)).not.toContain(SIGNING.signature);
  });
});
