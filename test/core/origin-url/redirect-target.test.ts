import { describe, expect, it } from "vitest";
import { parseRawUrl, type RawUrl } from "../../../src/core/origin-url/raw-url.ts";
import { redirectTarget } from "../../../src/core/origin-url/redirect-target.ts";

function raw(text: string): RawUrl {
  const url = parseRawUrl(text);
  if (typeof url === "string") throw new Error(`${text}: ${url}`);
  return url;
}

const BASE = raw("https://Files.example.com/a/b/c.mp4?x=1&sig=secret");

describe("where a Location leads", () => {
  it.each([
    ["https://other.example.com/x", "https://other.example.com/x"],
    ["http://other.example.com:8080/x?y=1", "http://other.example.com:8080/x?y=1"],
    ["HTTPS://other.example.com", "HTTPS://other.example.com"],
    ["//other.example.com/x", "https://other.example.com/x"],
    ["/x/y?z=1", "https://files.example.com/x/y?z=1"],
    ["/", "https://files.example.com/"],
    ["d.mp4", "https://files.example.com/a/b/d.mp4"],
    ["d/e.mp4?f=1", "https://files.example.com/a/b/d/e.mp4?f=1"],
    ["?page=2", "https://files.example.com/a/b/c.mp4?page=2"],
    ["d?next=https://other.example.com/", "https://files.example.com/a/b/d?next=https://other.example.com/"],
  ])("%s: to %s", (location, text) => {
    expect(redirectTarget(BASE, location)).toEqual(raw(text));
  });

  it("keeps the text as it stands, since it may be signed", () => {
    const signed = "https://b.s3.amazonaws.com/a//b/./c%2Fd%7e?X-Amz-Signature=A%2fb&empty=&x=%20+";
    expect(redirectTarget(BASE, signed)).toMatchObject({ text: signed, path: "/a//b/./c%2Fd%7e" });
    expect(redirectTarget(BASE, "x//../%2E%2E/y")).toMatchObject({ path: "/a/b/x//../%2E%2E/y" });
  });

  it("keeps the port of the server that it stays at", () => {
    expect(redirectTarget(raw("http://127.0.0.1:9000/a"), "/b")).toEqual(raw("http://127.0.0.1:9000/b"));
    expect(redirectTarget(raw("http://h.example:80"), "b")).toEqual(raw("http://h.example/b"));
    expect(redirectTarget(raw("https://h.example:80/a"), "/b")).toEqual(raw("https://h.example:80/b"));
  });

  it("drops a fragment", () => {
    expect(redirectTarget(BASE, "/x#part")).toEqual(raw("https://files.example.com/x"));
    expect(redirectTarget(BASE, "/x#a?b")).toEqual(raw("https://files.example.com/x"));
  });

  it("encodes what is outside ASCII, as every client does", () => {
    expect(redirectTarget(BASE, "/süß?q=ß")).toEqual(raw("https://files.example.com/s%C3%BC%C3%9F?q=%C3%9F"));
  });

  it.each([null, "", "#top"])("%j leads nowhere else", (location) => {
    expect(redirectTarget(BASE, location)).toBeNull();
  });

  it.each([
    ["ftp://other.example.com/", "scheme"],
    ["javascript:alert(1)", "not-absolute"],
    ["file:///etc/passwd", "scheme"],
    ["https://user:pass@other.example.com/", "userinfo"],
    ["//user@other.example.com/", "userinfo"],
    ["https://", "host"],
    ["///x", "host"],
    ["https:/x", "not-absolute"],
    ["/a b", "characters"],
    ["/a\\b", "characters"],
    ["\\\\other.example.com", "characters"],
    [`/${"x".repeat(9000)}`, "too-long"],
  ])("%s is not taken for a URL: %s", (location, problem) => {
    expect(redirectTarget(BASE, location)).toBe(problem);
  });
});
