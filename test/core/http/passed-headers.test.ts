import { describe, expect, it } from "vitest";
import { passedHeaders } from "../../../src/core/http/passed-headers.ts";
import { PLAIN_SERVING } from "../../../src/core/tenant.ts";

const ALWAYS = {
  "Cache-Control": "private, no-store, no-transform",
  "Cache-Status": "snapbyte; fwd=uri-miss",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

function passed(fields: Readonly<Record<string, string>>, display = PLAIN_SERVING): Record<string, string> {
  return passedHeaders({ status: 200, header: (name) => fields[name] ?? null }, "snapbyte; fwd=uri-miss", display);
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
    expect(Object.fromEntries(new Headers(passed(fields)))).toEqual({
      ...fields,
      ...Object.fromEntries(new Headers(ALWAYS)),
    });
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
      "content-security-policy": "default-src *",
      "cross-origin-resource-policy": "same-origin",
      "timing-allow-origin": "*",
      "strict-transport-security": "max-age=0",
      "service-worker-allowed": "/",
      "www-authenticate": "Basic",
      "cache-status": "theirs; hit",
      "x-amz-meta-internal": "secret",
    };
    expect(passed(fields)).toEqual({ "Content-Type": "video/mp4", ...ALWAYS });
  });

  it("without a type is bytes, which no browser may guess at", () => {
    expect(passed({})).toEqual({ "Content-Type": "application/octet-stream", ...ALWAYS });
  });

  it.each([
    ["text/html", null, "attachment"],
    ["TEXT/HTML; charset=utf-8", 'inline; filename="a.html"', 'attachment; filename="a.html"'],
    ["image/svg+xml", "inline", "attachment"],
    ["application/pdf", 'inline; filename="a.pdf"', 'attachment; filename="a.pdf"'],
    ["text/javascript", 'attachment; filename="a.js"', 'attachment; filename="a.js"'],
    ["multipart/byteranges; boundary=a", null, "attachment"],
  ])("of %s and %s is a download, in a sandbox", (type, disposition, expected) => {
    const fields = { "content-type": type, ...(disposition !== null && { "content-disposition": disposition }) };
    expect(passed(fields)).toEqual({
      ...ALWAYS,
      "Content-Type": type,
      "Content-Disposition": expected,
      "Content-Security-Policy": "sandbox",
    });
  });

  it("is shown, and embedded, as the tenant wants it", () => {
    const display = { ...PLAIN_SERVING, resourcePolicy: "same-site", showActive: true } as const;
    expect(passed({ "content-type": "application/pdf" }, display)).toEqual({
      ...ALWAYS,
      "Content-Type": "application/pdf",
      "Cross-Origin-Resource-Policy": "same-site",
    });
  });

  it("has no length beside chunks: theirs counts", () => {
    expect(passed({ "content-length": "5", "transfer-encoding": "chunked" })).not.toHaveProperty("Content-Length");
    expect(passed({ "content-length": "5" })).toMatchObject({ "Content-Length": "5" });
  });
});
