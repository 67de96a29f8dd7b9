import { describe, expect, it } from "vitest";
import { hits, misses, presignedHits, proxyPath, respelled } from "../../bench/load/proxy-targets.ts";

describe("what is asked of /proxy", () => {
  const link = proxyPath("https://media.example.com/a b?x=1&y=2");
  const wants = (target: ReturnType<ReturnType<typeof hits>>, name: string, value: string) =>
    target.headers[name]?.test(value);

  it("is a URL that is encoded once", () => {
    expect(link).toBe("/proxy?url=https%3A%2F%2Fmedia.example.com%2Fa%20b%3Fx%3D1%26y%3D2");
  });

  it("may be spelled in many ways that mean the same", () => {
    const target = hits(80, "public")(proxyPath("https://media.example.com/a/b/c/d"));
    const next = respelled(() => target);
    const paths = Array.from({ length: 64 }, () => next().path);
    expect(new Set(paths).size).toBe(64);
    expect(new Set(paths.map(decodeURIComponent)).size).toBe(1);
    expect(paths[0]).toBe(target.path);
    expect(next().headers).toBe(target.headers);
  });

  it("must lead to the tenant's copy, to the store, or to the origin", () => {
    const hit = hits(80, "public")(link);
    expect(hit).toMatchObject({ port: 80, host: "public.invalid", path: link, status: 302 });
    expect(wants(hit, "location", "http://public.invalid/f/token/a")).toBe(true);
    expect(wants(hit, "location", "https://media.example.com/a")).toBe(false);
    expect(wants(hit, "cache-status", "snapbyte; hit")).toBe(true);
    const presigned = presignedHits(80, "presigned")(link);
    expect(wants(presigned, "location", "http://public.invalid/f/token/a")).toBe(false);
    const signature = "0".repeat(64);
    expect(wants(presigned, "location", `https://store.invalid/copies/t/e/g?X-Amz-Signature=${signature}`)).toBe(true);
    const miss = misses(80, "empty")(link);
    expect(wants(miss, "cache-status", "snapbyte; hit")).toBe(false);
    expect(wants(miss, "cache-status", "snapbyte; fwd=uri-miss; stored=?0")).toBe(true);
  });
});
