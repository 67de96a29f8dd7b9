import { describe, expect, it } from "vitest";
import { type Asking, AT, planned } from "./answering.ts";
import { ALWAYS, ASKING, KEPT, STATUSES, served, WHOLE } from "./served.ts";

describe("an answer from the store", () => {
  it("with the whole copy has its length, its validators, its digest and how long it may be kept", () => {
    expect(served()).toEqual(WHOLE);
  });

  it.each([
    ["bytes=0-0", "1", "bytes 0-0/1000"],
    ["bytes=500-", "500", "bytes 500-999/1000"],
    ["bytes=0-", "1000", "bytes 0-999/1000"],
  ])("with a part of it says which, and describes the whole: %s", (Range, length, contentRange) => {
    const headers = served({ fields: { Range } });
    expect(headers).toEqual({ ...WHOLE, "Content-Length": length, "Content-Range": contentRange });
  });

  it("with several parts says so in its type, and leaves to each which it is (RFC 9110 section 15.3.7.2)", () => {
    const asking = { fields: { Range: "bytes=0-0,2-2" } };
    const { multipart } = planned(asking);
    expect(served(asking)).toEqual({
      ...WHOLE,
      "Content-Type": multipart?.type,
      "Content-Length": String(multipart?.length),
    });
  });

  it("that nothing changed has what the answer would have had, and nothing that describes (section 15.4.5)", () => {
    expect(served(ASKING[304])).toEqual(KEPT);
  });

  it("that a condition failed brings the validators that the client missed, and is kept by nobody", () => {
    expect(served(ASKING[412])).toEqual({
      ...ALWAYS,
      "Accept-Ranges": "bytes",
      "Cache-Control": "private, no-store",
      "Content-Length": "0",
      "Last-Modified": AT,
    });
  });

  it("that there is no such part says how long the copy is (section 15.5.17), and is kept by nobody", () => {
    expect(served(ASKING[416])).toEqual({
      ...ALWAYS,
      "Accept-Ranges": "bytes",
      "Cache-Control": "private, no-store",
      "Content-Length": "0",
      "Content-Range": "bytes */1000",
      "Last-Modified": AT,
    });
  });

  it("passes on what the origin said of the bytes", () => {
    const object = { contentEncoding: "br", contentLanguage: "de", contentDisposition: 'inline; filename="a"' };
    expect(served({ object })).toEqual({
      ...WHOLE,
      "Content-Encoding": "br",
      "Content-Language": "de",
      "Content-Disposition": 'inline; filename="a"',
    });
  });

  it("calls bytes of an unknown type just bytes, and leaves out what it does not know", () => {
    const headers = served({ object: { contentType: null, lastModified: null } }, { sha256: null });
    const { "Last-Modified": _date, "Repr-Digest": _digest, ...known } = WHOLE;
    expect(headers).toEqual({ ...known, "Content-Type": "application/octet-stream" });
  });

  it.each([
    ["Friday, 20-Nov-26 12:00:00 GMT", AT],
    ["Fri Nov 20 12:00:00 2026", AT],
    ["2026-11-20T12:00:00Z", undefined],
    ["0", undefined],
  ])("writes the date %j as HTTP does (section 5.6.7), or not at all", (lastModified, written) => {
    expect(served({ object: { lastModified } })["Last-Modified"]).toBe(written);
    expect(served({ ...ASKING[412], object: { lastModified } })["Last-Modified"]).toBe(written);
  });
});

describe("every answer from the store", () => {
  it.each(STATUSES)("of %i is a hit that says where the bytes were (RFC 9211)", (status) => {
    expect(served(ASKING[status])["Cache-Status"]).toBe("snapbyte; hit; detail=store");
    expect(served(ASKING[status], { from: "edge" })["Cache-Status"]).toBe("snapbyte; hit; detail=edge");
  });

  it.each(STATUSES)("of %i is private to its link, and has no age, cookie or origin's rule", (status) => {
    const headers = served(ASKING[status]);
    expect(headers["Cache-Control"]).toMatch(/^private, /);
    expect(Object.keys(headers).filter((name) => /^(?:age|set-cookie|expires|location)$/i.test(name))).toEqual([]);
    expect(Object.values(headers).join()).not.toContain("31536000");
  });

  it.each(STATUSES)("of %i is the same to HEAD, but for parts", (status) => {
    const { fields }: Asking = ASKING[status];
    const { Range: _range, ...others }: Record<string, string> = { ...fields };
    for (const object of [{}, { contentEncoding: "gzip" }, { contentType: "text/html" }]) {
      for (const acceptEncoding of [null, "identity"]) {
        const get = served({ fields: others, object, acceptEncoding });
        expect(served({ method: "HEAD", fields: { ...fields }, object, acceptEncoding })).toEqual(get);
      }
    }
  });

  it("may be kept for as long as its link lives, and then no longer", () => {
    expect(served({}, { maxAge: -5 })["Cache-Control"]).toBe("private, max-age=0, no-transform");
    expect(served(ASKING[304], { maxAge: 3600 })["Cache-Control"]).toBe("private, max-age=3600, no-transform");
  });

  it.each(STATUSES)(
    "of %i may be kept as what has an address of its own says, and by nobody where it was refused",
    (status) => {
      const maxAge = "public, max-age=31536000, immutable";
      const refused = status === 412 || status === 416;
      expect(served(ASKING[status], { maxAge })["Cache-Control"]).toBe(refused ? "private, no-store" : maxAge);
    },
  );

  it.each(STATUSES)("of %i tells of no cache where none was asked", (status) => {
    expect(served(ASKING[status], { from: null })).not.toHaveProperty("Cache-Status");
  });

  it.each(STATUSES)("of %i is embedded by whom the tenant lets", (status) => {
    const display = { resourcePolicy: "same-site", showActive: false } as const;
    expect(served(ASKING[status], { display })["Cross-Origin-Resource-Policy"]).toBe("same-site");
  });
});
