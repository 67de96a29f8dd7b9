import { describe, expect, it } from "vitest";
import { readEdgeCache, readZone } from "../../src/core/zone-settings.ts";

describe("the zone", () => {
  it("has an id and a token", () => {
    const raw = { CF_ZONE_ID: "zone-1", CF_API_TOKEN: "secret" };
    expect(readZone(raw)).toEqual({ zoneId: "zone-1", apiToken: "secret" });
  });

  it.each([{}, { CF_ZONE_ID: "" }, { CF_API_TOKEN: "secret" }])("is none where none is named: %j", (raw) => {
    expect(readZone(raw)).toBeNull();
  });

  it("without a token is a mistake that names the setting, and no value", () => {
    const read = () => readZone({ CF_ZONE_ID: "zone-1" });
    expect(read).toThrow(/CF_API_TOKEN/);
    expect(read).not.toThrow(/zone-1/);
  });
});

describe("the cache at the edge", () => {
  it.each([
    [{}, true],
    [{ EDGE_CACHE: "" }, true],
    [{ EDGE_CACHE: "on" }, true],
    [{ EDGE_CACHE: "off" }, false],
  ])("%j: %s", (raw, on) => {
    expect(readEdgeCache(raw)).toBe(on);
  });

  it.each(["OFF", "false", "0", "constructor", "no"])("is not guessed from %j", (value) => {
    expect(() => readEdgeCache({ EDGE_CACHE: value })).toThrow(/EDGE_CACHE/);
  });
});
