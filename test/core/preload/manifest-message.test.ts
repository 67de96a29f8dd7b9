import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFillMessage } from "../../../src/core/fills/fill-message.ts";
import { type ManifestMessage, parseManifestMessage } from "../../../src/core/preload/manifest-message.ts";

const COMMON = { version: 1, tenant: "acme", batch: "batch-1", requestId: "request-1" } as const;
const URL_MESSAGE: ManifestMessage = { ...COMMON, kind: "manifest", sealedUrl: "AQE" };
const CHUNK_MESSAGE: ManifestMessage = { ...COMMON, kind: "manifest-chunk", run: 1, chunk: 0 };

describe.each<[string, ManifestMessage]>([
  ["a manifest", URL_MESSAGE],
  ["a chunk of one", CHUNK_MESSAGE],
])("the message of %s", (_, message) => {
  it("is read as it was sent, also after a queue made JSON of it", () => {
    expect(parseManifestMessage(JSON.parse(JSON.stringify(message)))).toEqual(message);
  });

  it("is none of a fill", () => {
    expect(parseFillMessage(message)).toBeNull();
  });

  it.each(Object.keys(message))("is none without %s", (name) => {
    expect(
      parseManifestMessage(Object.fromEntries(Object.entries(message).filter(([key]) => key !== name))),
    ).toBeNull();
  });

  it.each<[string, Record<string, unknown>]>([
    ["a version to come", { version: 2 }],
    ["an unknown kind", { kind: "lines" }],
    ["no tenant", { tenant: "" }],
    ["no batch", { batch: "" }],
    ["something more, such as a URL in the clear", { url: "https://b.co/a?sig=secret" }],
  ])("is none with %s", (__, changes) => {
    expect(parseManifestMessage({ ...message, ...changes })).toBeNull();
  });
});

describe("what a queue may hold beside them", () => {
  it.each<[string, Record<string, unknown>]>([
    ["a reading of zero", { run: 0 }],
    ["a chunk before the first", { chunk: -1 }],
    ["half a chunk", { chunk: 0.5 }],
  ])("is no message: %s", (_, changes) => {
    expect(parseManifestMessage({ ...CHUNK_MESSAGE, ...changes })).toBeNull();
  });

  it("is no message of a manifest when it is a fill", () => {
    const fill = {
      ...{ version: 3, tenant: "acme", entry: "a".repeat(43), fence: 1, publicKey: "k", trusted: true, lane: 0 },
      ...{ expiresAt: null, boundTo: "b".repeat(43), sealedUrl: "AQE", requestId: "r", spent: 0 },
    };
    expect(parseFillMessage(fill)).not.toBeNull();
    expect(parseManifestMessage(fill)).toBeNull();
  });

  it("is nothing else, and nothing else throws", () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        expect(parseManifestMessage(body)).toBeNull();
      }),
    );
  });
});
