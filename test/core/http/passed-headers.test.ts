import { describe, expect, it } from "vitest";
import { passedHeaders } from "../../../src/core/http/passed-headers.ts";

const ALWAYS = {
  "cache-control": "private, no-store, no-transform",
  "cache-status": "snapbyte; fwd=uri-miss",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

function passed(fields: Readonly<Record<string, string>>): Record<string, string> {
  return passedHeaders({ status: 200, header: (name) => fields[name] ?? null }, "snapbyte; fwd=uri-miss");
}

describe("an answer that passes through", () => {
  it("has what the origin says of the bytes", () => {
    const fields = {
      "content-type": "video/mp4",
      "content-encoding": "gzip",
      "content-language": "de",
      "content-length": "1000",
      "content-range": "bytes 0-999/2000",
      "content-disposition": 'inline; filename="film.mp4"',
      "accept-ranges": "bytes",
      etag: 'W/"v1"',
      "last-modified": "Fri, 20 Nov 2026 11:00:00 GMT",
    };
    expect(passed(fields)).toEqual({ ...fields, ...ALWAYS });
  });

  it("has nothing else of the origin's: no cookie, no leave to keep it, nothing that acts on our host", () => {
    const fields = {
      "content-type": "video/mp4",
      "set-cookie": "a=b",
      "cache-control": "public, max-age=31536000",
      expires: "Fri, 20 Nov 2026 12:00:00 GMT",
      age: "5",
      vary: "cookie",
      refresh: "0; url=https://evil.example/",
      link: "</x.css>; rel=preload",
      location: "https://evil.example/",
      "clear-site-data": '"*"',
      "access-control-allow-origin": "*",
      "strict-transport-security": "max-age=0",
      "service-worker-allowed": "/",
      "www-authenticate": "Basic",
      "cache-status": "theirs; hit",
      "x-amz-meta-internal": "secret",
    };
    expect(passed(fields)).toEqual({ "content-type": "video/mp4", ...ALWAYS });
  });

  it("without a type is bytes, which no browser may guess at", () => {
    expect(passed({})).toEqual({ "content-type": "application/octet-stream", ...ALWAYS });
  });

  it.each([
    ["text/html", null, "attachment"],
    ["TEXT/HTML; charset=utf-8", 'inline; filename="a.html"', 'attachment; filename="a.html"'],
    ["image/svg+xml", "inline", "attachment"],
    ["text/javascript", 'attachment; filename="a.js"', 'attachment; filename="a.js"'],
  ])("of %s and %s is a download, in a sandbox", (type, disposition, expected) => {
    const fields = { "content-type": type, ...(disposition !== null && { "content-disposition": disposition }) };
    expect(passed(fields)).toEqual({
      ...ALWAYS,
      "content-type": type,
      "content-disposition": expected,
      "content-security-policy": "sandbox",
    });
  });

  it("has no length beside chunks: theirs counts", () => {
    expect(passed({ "content-length": "5", "transfer-encoding": "chunked" })).not.toHaveProperty("content-length");
  });
});
