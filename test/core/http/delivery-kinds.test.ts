import { describe, expect, it } from "vitest";
import { OBJECT } from "./answering.ts";
import { ASKING, DIGEST, KEPT, SHA256, STATUSES, served, TERMS, WHOLE } from "./served.ts";

describe("a copy in a coding that we can undo", () => {
  const object = { contentEncoding: "gzip" };

  it.each(STATUSES)("depends on Accept-Encoding with %i, whatever came of it (RFC 9110 section 12.5.5)", (status) => {
    for (const acceptEncoding of [null, "gzip", "identity"]) {
      expect(served({ ...ASKING[status], object, acceptEncoding }).Vary).toBe("Accept-Encoding");
    }
    expect(served({ ...ASKING[status], object: { contentEncoding: "br" } })).not.toHaveProperty("Vary");
  });

  it("keeps its coding, its length and its digest where it is taken", () => {
    expect(served({ object })).toEqual({ ...WHOLE, "Content-Encoding": "gzip", Vary: "Accept-Encoding" });
  });

  it("has no length, no parts, no digest and an ETag of its own where it is decoded", () => {
    const { "Content-Length": _length, "Repr-Digest": _digest, ...others } = WHOLE;
    const decoded = { ...others, ETag: '"a-identity"', "Accept-Ranges": "none", Vary: "Accept-Encoding" };
    expect(served({ object, acceptEncoding: "identity" })).toEqual(decoded);
    expect(served({ object, acceptEncoding: "identity", fields: { Range: "bytes=0-0" } })).toEqual(decoded);
  });

  it("is named by that ETag in every answer about it", () => {
    const asking = { object, acceptEncoding: "identity" };
    expect(served({ ...asking, fields: { "If-None-Match": '"a-identity"' } }).ETag).toBe('"a-identity"');
    expect(served({ ...asking, fields: { "If-Match": '"a"' } })).toMatchObject({
      ETag: '"a-identity"',
      "Accept-Ranges": "none",
    });
  });
});

describe("the digest of the copy (RFC 9530 section 3)", () => {
  it.each([
    ["whole", {}],
    ["to HEAD", { method: "HEAD" }],
    ["in part", ASKING[206]],
    ["in several parts", { fields: { Range: "bytes=0-0,2-2" } }],
    ["in its coding", { object: { contentEncoding: "gzip" } }],
  ] as const)("goes with it %s", (_, asking) => {
    expect(served(asking)["Repr-Digest"]).toBe(DIGEST);
    expect(served(asking, { sha256: SHA256.toUpperCase() })["Repr-Digest"]).toBe(DIGEST);
  });

  it.each([304, 412, 416] as const)("does not go with %i, which has no representation to check", (status) => {
    expect(served(ASKING[status])).not.toHaveProperty("Repr-Digest");
  });

  it.each([null, "", "abcd", SHA256.slice(2), `${SHA256}00`, SHA256.replace("2", "x")])(
    "is not made of %j",
    (sha256) => {
      expect(served({}, { sha256 })).not.toHaveProperty("Repr-Digest");
    },
  );
});

describe("a customer's page", () => {
  const page = { contentType: "text/html", contentDisposition: 'inline; filename="a.html"' };
  const guard = { "Content-Disposition": 'attachment; filename="a.html"', "Content-Security-Policy": "sandbox" };
  const shown = { ...TERMS.display, showActive: true };

  it.each([200, 206] as const)("is a download in a sandbox, with %i", (status) => {
    expect(served({ ...ASKING[status], object: page })).toMatchObject(guard);
  });

  it("in several parts is one as well, though its type is now another", () => {
    expect(served({ object: page, fields: { Range: "bytes=0-0,2-2" } })).toMatchObject(guard);
  });

  it("that a browser kept is put under today's rule by the news that it did not change", () => {
    expect(served({ ...ASKING[304], object: page })).toEqual({ ...KEPT, ...guard });
    expect(served({ ...ASKING[304], object: page }, { display: shown })).toEqual(KEPT);
  });

  it.each([412, 416] as const)("is nothing to guard where none of it is sent: %i", (status) => {
    const headers = served({ ...ASKING[status], object: page });
    expect(headers).toEqual(served({ ...ASKING[status], object: OBJECT }));
  });

  it("is shown as it is where its owner wants that", () => {
    const { "Content-Disposition": disposition, ...headers } = served({ object: page }, { display: shown });
    expect(disposition).toBe(page.contentDisposition);
    expect(headers).toEqual({ ...WHOLE, "Content-Type": "text/html" });
  });
});
