import { describe, expect, it } from "vitest";
import { comesFrom } from "../../../src/core/purge/comes-from.ts";
import type { OriginScope } from "../../../src/core/purge/selection.ts";

const SCOPE: OriginScope = { scheme: "https", host: "a.example.com", port: 443, pathPrefix: "/media/" };

describe("a source URL comes from an origin", () => {
  it.each<[string, Partial<OriginScope>]>([
    ["https://a.example.com/media/1.mp4", {}],
    ["https://a.example.com/media/1.mp4?v=2", {}],
    ["https://A.EXAMPLE.com:443/media/1.mp4", {}],
    ["https://a.example.com/%6dedia/1.mp4", {}],
    ["https://a.example.com/media/1.mp4", { host: "*.example.com" }],
    ["https://a.b.example.com/media/", { host: "*.example.com" }],
    ["http://localhost:9000/media/1", { scheme: "http", host: "localhost", port: 9000 }],
    ["https://a.example.com/any", { pathPrefix: "/" }],
    // Longer than what we take: each credential was struck out by a word that is longer than itself.
    [`https://a.example.com/media/1?${"s=REDACTED&".repeat(1000)}v=2`, {}],
  ])("%s", (url, changes) => {
    expect(comesFrom({ ...SCOPE, ...changes }, url)).toBe(true);
  });

  it.each<[string, Partial<OriginScope>]>([
    ["http://a.example.com/media/1.mp4", {}],
    ["https://a.example.com:8443/media/1.mp4", {}],
    ["https://b.example.com/media/1.mp4", {}],
    ["https://a.example.com/mediation", {}],
    ["https://a.example.com/Media/1", {}],
    ["https://example.com/media/1", { host: "*.example.com" }],
    ["https://evilexample.com/media/1", { host: "*.example.com" }],
    ["no URL at all", {}],
    ["", {}],
  ])("and not %s", (url, changes) => {
    expect(comesFrom({ ...SCOPE, ...changes }, url)).toBe(false);
  });
});
