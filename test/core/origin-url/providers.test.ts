import { describe, expect, it } from "vitest";
import { PROVIDERS } from "../../../src/core/origin-url/providers.ts";
import { parseRawUrl } from "../../../src/core/origin-url/raw-url.ts";
import { NOON, presigned } from "../samples.ts";

function parametersOf(text: string) {
  const url = parseRawUrl(text);
  if (typeof url === "string") throw new Error(url);
  return url.parameters;
}

describe("the table of providers", () => {
  it("names every scheme once", () => {
    const ids = PROVIDERS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(PROVIDERS)(
    "lists the names of $id in lower case, as they are compared",
    ({ detect, credential, signedHeaders }) => {
      for (const name of [...detect, signedHeaders, ...credential]) expect(name).toBe(name.toLowerCase());
    },
  );

  it.each(PROVIDERS)(
    "counts what tells $id, and what it signs, as credentials",
    ({ detect, credential, signedHeaders }) => {
      for (const name of detect) expect(credential).toContain(name);
      expect(credential).toContain(signedHeaders);
    },
  );

  it.each(PROVIDERS)("never takes what selects other bytes for a credential of $id", ({ credential }) => {
    for (const name of [
      "versionid",
      "partnumber",
      "generation",
      "response-content-type",
      "response-content-disposition",
    ]) {
      expect(credential).not.toContain(name);
    }
  });

  it.each([
    ["s3-sigv4", presigned("https://bucket.s3.amazonaws.com/a"), NOON + 3_600_000],
    [
      "gcs-v4",
      "https://storage.googleapis.com/b/a?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Date=20261120T120000Z&X-Goog-Expires=60",
      NOON + 60_000,
    ],
  ])("reads the end of a URL of %s", (id, text, end) => {
    const provider = PROVIDERS.find((one) => one.id === id);
    expect(provider?.expiresAt(parametersOf(text))).toBe(end);
    expect(provider?.expiresAt(parametersOf("https://b.co/a"))).toBeNull();
  });
});
