import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FillMessage, parseFillMessage } from "../../../src/core/fills/fill-message.ts";
import { NOON } from "../samples.ts";

const MESSAGE: FillMessage = {
  version: 2,
  tenant: "acme",
  entry: "a".repeat(43),
  fence: NOON,
  publicKey: "my/key",
  trusted: false,
  expiresAt: null,
  boundTo: "b".repeat(43),
  sealedUrl: "AQE",
  requestId: "request-1",
};

describe("a fill message", () => {
  it.each([
    ["as it was sent", MESSAGE],
    ["with a moment at which the copy shall go", { ...MESSAGE, expiresAt: NOON }],
    ["of a caller that we know", { ...MESSAGE, trusted: true }],
  ])("is read %s, also after a queue made JSON of it", (_, message) => {
    expect(parseFillMessage(message)).toEqual(message);
    expect(parseFillMessage(JSON.parse(JSON.stringify(message)))).toEqual(message);
  });

  it.each(Object.keys(MESSAGE))("is none without %s", (name) => {
    expect(parseFillMessage(Object.fromEntries(Object.entries(MESSAGE).filter(([key]) => key !== name)))).toBeNull();
  });

  it.each<[string, Record<string, unknown>]>([
    ["the version before, which did not say what it is bound to", { version: 1 }],
    ["a version to come", { version: 3 }],
    ["a version in quotes", { version: "2" }],
    ["an empty tenant", { tenant: "" }],
    ["an entry of another length", { entry: "a".repeat(42) }],
    ["an identity of another length", { boundTo: "b".repeat(42) }],
    ["an identity in clear", { boundTo: "s3:aws/bucket/a.mp4" }],
    ["a fence of zero", { fence: 0 }],
    ["a fence that is no whole number", { fence: 1.5 }],
    ["a fence in quotes", { fence: "1" }],
    ["an endless fence", { fence: Number.POSITIVE_INFINITY }],
    ["no URL", { sealedUrl: "" }],
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
