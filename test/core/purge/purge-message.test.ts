import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFillMessage } from "../../../src/core/fills/fill-message.ts";
import { parseManifestMessage } from "../../../src/core/preload/manifest-message.ts";
import { type PurgeMessage, parsePurgeMessage } from "../../../src/core/purge/purge-message.ts";

const MESSAGE: PurgeMessage = {
  ...{ version: 1, kind: "purge", tenant: "acme", job: "job-1" },
  ...{ cursor: null, ended: false, failed: [], purged: 0, requestId: "request-1" },
};

describe("a message about a purge", () => {
  it.each([
    ["that begins", MESSAGE],
    ["that has only left what failed", { ...MESSAGE, ended: true, failed: ["a".repeat(43)] }],
    ["that goes on", { ...MESSAGE, cursor: '["a"]', purged: 500 }],
  ])("%s is read as it was sent, also after a queue made JSON of it", (_, message) => {
    expect(parsePurgeMessage(message)).toEqual(message);
    expect(parsePurgeMessage(JSON.parse(JSON.stringify(message)))).toEqual(message);
  });

  it("is neither a fill nor a manifest", () => {
    expect(parseFillMessage(MESSAGE)).toBeNull();
    expect(parseManifestMessage(MESSAGE)).toBeNull();
  });

  it.each(Object.keys(MESSAGE))("is none without %s", (name) => {
    expect(parsePurgeMessage(Object.fromEntries(Object.entries(MESSAGE).filter(([key]) => key !== name)))).toBeNull();
  });

  it.each<[string, Record<string, unknown>]>([
    ["another version", { version: 2 }],
    ["another kind", { kind: "manifest" }],
    ["an empty tenant", { tenant: "" }],
    ["no job", { job: "" }],
    ["a cursor that is no text", { cursor: 7 }],
    ["a count below none", { purged: -1 }],
    ["a count that is no whole number", { purged: 0.5 }],
    ["an id that is none", { failed: ["a"] }],
    ["more ids than it may name", { failed: new Array(1_001).fill("a".repeat(43)) }],
    ["something more", { selection: { by: "all" } }],
  ])("is none with %s", (_, changes) => {
    expect(parsePurgeMessage({ ...MESSAGE, ...changes })).toBeNull();
  });

  it("is nothing else, and nothing else throws", () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        expect(parsePurgeMessage(body)).toBeNull();
      }),
    );
  });
});
