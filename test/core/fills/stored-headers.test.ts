import { describe, expect, it } from "vitest";
import { storedHeaders } from "../../../src/core/fills/stored-headers.ts";
import type { Presentation } from "../../../src/core/presentation.ts";

function stored(headers: Record<string, string>, ...overridden: (keyof Presentation)[]) {
  const head = { status: 200, header: (name: string) => headers[name] ?? null };
  return storedHeaders(head, "generation-1", new Set(overridden));
}

describe("what is kept beside the bytes", () => {
  it("is what the origin said of them", () => {
    const headers = {
      "content-type": "text/csv; charset=utf-8",
      "content-encoding": "gzip",
      "content-language": "de",
      "content-disposition": 'attachment; filename="a.csv"',
      "cache-control": "private, max-age=60",
      "last-modified": "Fri, 20 Nov 2026 12:00:00 GMT",
      etag: '"abc"',
    };
    expect(stored(headers)).toEqual({
      contentType: headers["content-type"],
      contentEncoding: "gzip",
      contentLanguage: "de",
      contentDisposition: headers["content-disposition"],
      cacheControl: "private, max-age=60",
      lastModified: headers["last-modified"],
      etag: '"abc"',
    });
  });

  it("is nothing that is not on the list", () => {
    const headers = {
      "set-cookie": "secret",
      "x-amz-meta-a": "secret",
      authorization: "secret",
      pragma: "secret",
      age: "secret",
      expires: "secret",
    };
    expect(JSON.stringify(stored(headers))).not.toContain("secret");
  });

  it("is not what the URL asked for instead: that is one link's wish, and no word of the object", () => {
    const headers = {
      "content-type": "text/csv",
      "content-encoding": "gzip",
      "content-language": "de",
      "content-disposition": 'attachment; filename="for-one-reader.csv"',
    };
    const kept = stored(headers, "contentDisposition", "contentLanguage");
    expect(kept).toMatchObject({ contentDisposition: null, contentLanguage: null });
    expect(kept).toMatchObject({ contentType: "text/csv", contentEncoding: "gzip" });
    expect(stored(headers, "contentLanguage").contentDisposition).toBe(headers["content-disposition"]);
  });

  it("is the type all the same when the URL's signer chose it: nobody knows a better one", () => {
    expect(stored({ "content-type": "video/mp4" }, "contentType").contentType).toBe("video/mp4");
  });

  it.each([
    ["its own where there is none", {}, '"generation-1"'],
    ["its own where it is weak", { etag: 'W/"abc"' }, '"generation-1"'],
    ["its own where it lacks quotes", { etag: "abc" }, '"generation-1"'],
    ["its own where it is empty text", { etag: "" }, '"generation-1"'],
    ["its own where it is a list", { etag: '"a", "b"' }, '"generation-1"'],
    ["the origin's where it is strong", { etag: '"abc-2"' }, '"abc-2"'],
  ])("is an ETag: %s", (_, headers: Record<string, string>, etag) => {
    expect(stored(headers).etag).toBe(etag);
  });
});
