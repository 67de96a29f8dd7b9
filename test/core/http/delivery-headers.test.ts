import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deliveryHeaders, type ObjectHeaders, type ServedHead } from "../../../src/core/http/delivery-headers.ts";

const OBJECT: ObjectHeaders = {
  contentType: "video/mp4",
  contentEncoding: null,
  contentLanguage: null,
  contentDisposition: null,
  cacheControl: "public, max-age=31536000",
  etag: '"a"',
  lastModified: "Fri, 20 Nov 2026 12:00:00 GMT",
};

function served(changes: Partial<ServedHead> = {}, object: Partial<ObjectHeaders> = {}): Record<string, string> {
  return deliveryHeaders({
    status: 200,
    size: 1000,
    range: null,
    maxAge: 60,
    ...changes,
    object: { ...OBJECT, ...object },
  });
}

describe("an answer from the store", () => {
  it("with the whole object has its length, its validators and how long it may be kept", () => {
    expect(served()).toEqual({
      ETag: '"a"',
      "Last-Modified": OBJECT.lastModified,
      "Cache-Control": "private, max-age=60, no-transform",
      "Cache-Status": "snapbyte; hit",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
      "Accept-Ranges": "bytes",
      "Content-Type": "video/mp4",
      "Content-Length": "1000",
    });
  });

  it.each([
    [{ offset: 0, length: 1 }, "1", "bytes 0-0/1000"],
    [{ offset: 500, length: 500 }, "500", "bytes 500-999/1000"],
  ])("with a part of it says which part: %o", (range, length, contentRange) => {
    expect(served({ status: 206, range })).toMatchObject({ "Content-Length": length, "Content-Range": contentRange });
  });

  it("without a part that can be sent says how long the object is, and sends nothing of it", () => {
    const headers = served({ status: 416 });
    expect(headers).toMatchObject({ "Content-Range": "bytes */1000", "Accept-Ranges": "bytes" });
    expect(headers).not.toHaveProperty("Content-Length");
    expect(headers).not.toHaveProperty("Content-Type");
  });

  it.each([304, 412] as const)("of %i has the validators and no body's fields", (status) => {
    const headers = served({ status });
    expect(headers).toMatchObject({
      ETag: '"a"',
      "Last-Modified": OBJECT.lastModified,
      "Cache-Control": "private, max-age=60, no-transform",
    });
    expect(Object.keys(headers).filter((name) => name.startsWith("Content-"))).toEqual([]);
  });

  it.each([200, 206, 304, 412, 416] as const)(
    "of %i is never sniffed, never shared, and tells no referrer",
    (status) => {
      expect(served({ status })).toMatchObject({
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": expect.stringMatching(/^private, /),
        "Referrer-Policy": "no-referrer",
      });
    },
  );

  it("is kept by nobody once its link has ended", () => {
    expect(served({ maxAge: -5 })["Cache-Control"]).toBe("private, max-age=0, no-transform");
  });

  it("passes on what the origin said of the bytes", () => {
    const headers = served(
      {},
      { contentEncoding: "gzip", contentLanguage: "de", contentDisposition: 'inline; filename="a"' },
    );
    expect(headers).toMatchObject({
      "Content-Encoding": "gzip",
      "Content-Language": "de",
      "Content-Disposition": 'inline; filename="a"',
    });
    expect(headers).not.toHaveProperty("Content-Security-Policy");
  });

  it("calls bytes of an unknown type just bytes, and leaves out what it does not know", () => {
    const headers = served({}, { contentType: null, lastModified: null });
    expect(headers["Content-Type"]).toBe("application/octet-stream");
    expect(headers).not.toHaveProperty("Last-Modified");
  });
});

describe("a customer's page", () => {
  it.each([
    [null, "attachment"],
    ["inline", "attachment"],
    ["attachment", "attachment"],
    ['inline; filename="a.html"', 'attachment; filename="a.html"'],
    ['INLINE;filename="a.html"', 'attachment;filename="a.html"'],
    ['attachment; filename="a.html"', 'attachment; filename="a.html"'],
    ["; filename=a", "attachment; filename=a"],
    ["", "attachment"],
  ])("with the disposition %j is a download, in a sandbox", (contentDisposition, expected) => {
    for (const contentType of ["text/html", "image/svg+xml ; a=b", "text/plain, text/html"]) {
      expect(served({}, { contentType, contentDisposition })).toMatchObject({
        "Content-Disposition": expected,
        "Content-Security-Policy": "sandbox",
      });
    }
  });

  it("is a download whatever its disposition says, and in part too", () => {
    fc.assert(
      fc.property(fc.option(fc.string()), (contentDisposition) => {
        const range = { offset: 0, length: 1 };
        const headers = served({ status: 206, range }, { contentType: "text/html", contentDisposition });
        expect(headers["Content-Disposition"]).toMatch(/^attachment/);
        expect(headers["Content-Security-Policy"]).toBe("sandbox");
      }),
    );
  });
});
