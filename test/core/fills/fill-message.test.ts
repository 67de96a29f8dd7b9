import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FillMessage, parseFillMessage } from "../../../src/core/fills/fill-message.ts";
import { NOON } from "../samples.ts";

const MESSAGE: FillMessage = {
  version: 4,
  tenant: "acme",
  entry: "a".repeat(43),
  fence: NOON,
  publicKey: "my/key",
  trusted: false,
  expiresAt: null,
  boundTo: "b".repeat(43),
  sealedUrl: "AQE",
  requestId: "request-1",
  lane: 0,
  spent: 0,
  tags: [],
};

describe("a fill message", () => {
  it.each([
    ["as it was sent", MESSAGE],
    ["with a moment at which the copy shall go", { ...MESSAGE, expiresAt: NOON }],
    ["of a caller that we know", { ...MESSAGE, trusted: true }],
    ["for the last of four lanes", { ...MESSAGE, lane: 3 }],
    ["that had to wait after two attempts", { ...MESSAGE, spent: 2 }],
    ["with tags", { ...MESSAGE, tags: ["spring-sale", "a:b/c"] }],
  ])("is read %s, also after a queue made JSON of it", (_, message) => {
    expect(parseFillMessage(message)).toEqual(message);
    expect(parseFillMessage(JSON.parse(JSON.stringify(message)))).toEqual(message);
  });

  it("is read as the version before wrote it: without tags", () => {
    const { tags: _, ...before } = { ...MESSAGE, lane: 2, spent: 1 };
    expect(parseFillMessage({ ...before, version: 3 })).toEqual({ ...before, version: 4, tags: [] });
    expect(parseFillMessage(before)).toBeNull();
    expect(parseFillMessage({ ...MESSAGE, version: 3 })).toBeNull();
  });

  it.each(Object.keys(MESSAGE))("is none without %s", (name) => {
    expect(parseFillMessage(Object.fromEntries(Object.entries(MESSAGE).filter(([key]) => key !== name)))).toBeNull();
  });

  it.each<[string, Record<string, unknown>]>([
    ["the first version, which did not say what it is bound to", { version: 1 }],
    ["a version to come", { version: 5 }],
    ["a version in quotes", { version: "4" }],
    ["an empty tenant", { tenant: "" }],
    ["an entry of another length", { entry: "a".repeat(42) }],
    ["an identity of another length", { boundTo: "b".repeat(42) }],
    ["an identity in clear", { boundTo: "s3:aws/bucket/a.mp4" }],
    ["a fence of zero", { fence: 0 }],
    ["a fence that is no whole number", { fence: 1.5 }],
    ["a fence in quotes", { fence: "1" }],
    ["an endless fence", { fence: Number.POSITIVE_INFINITY }],
    ["no URL", { sealedUrl: "" }],
    ["a lane below the first", { lane: -1 }],
    ["a lane that is no whole number", { lane: 0.5 }],
    ["attempts below none", { spent: -1 }],
    ["tags that are no list", { tags: "a,b" }],
    ["an empty tag", { tags: [""] }],
    ["more tags than an entry keeps", { tags: Array.from({ length: 65 }, (_, at) => `tag-${at}`) }],
    ["trust that is not yes or no", { trusted: "yes" }],
    ["an end that is no moment", { expiresAt: "tomorrow" }],
    ["something more, such as a URL in the clear", { url: "https://b.co/a?sig=secret" }],
  ])("is none with %s", (_, changes) => {
    expect(parseFillMessage({ ...MESSAGE, ...changes })).toBeNull();
  });

  it("is nothing else, and nothing else throws", () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        expect(parseFillMessage(body)).toBeNull();
      }),
    );
  });
});
