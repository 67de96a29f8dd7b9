import { describe, expect, it } from "vitest";
import { parseKeyRing } from "../../src/core/crypto/key-ring.ts";
import { SnapbyteError } from "../../src/core/errors.ts";
import { binding, optionalText, parsed, positiveNumber, text } from "../../src/core/settings.ts";

const RAW = { NAME: "value", EMPTY: "", NUMBER: "1.5", ZERO: "0", WORD: "secret", STORE: { get() {} }, NOTHING: null };

function refusal(action: () => unknown): SnapbyteError {
  try {
    action();
  } catch (error) {
    if (error instanceof SnapbyteError) return error;
  }
  throw new Error("it was not refused");
}

describe("a setting", () => {
  it("is its text", () => {
    expect(text(RAW, "NAME")).toBe("value");
    expect(optionalText(RAW, "NAME")).toBe("value");
  });

  it.each(["ABSENT", "EMPTY", "STORE", "NOTHING"])("is null where %s holds no text and it may be absent", (name) => {
    expect(optionalText(RAW, name)).toBeNull();
  });

  it("is a positive number, or its fallback where it is absent", () => {
    expect(positiveNumber(RAW, "NUMBER", 7)).toBe(1.5);
    expect(positiveNumber(RAW, "ABSENT", 7)).toBe(7);
  });

  it("is what its reader makes of it", () => {
    expect(parsed(RAW, "NAME", (value) => value.length)).toBe(5);
  });
});

describe("a binding", () => {
  it("is what is bound", () => {
    expect(binding(RAW, "STORE")).toBe(RAW.STORE);
  });
});

describe("a deployment that lacks something", () => {
  it.each([
    ["a text", "ABSENT", () => text(RAW, "ABSENT")],
    ["a text that is not empty", "EMPTY", () => text(RAW, "EMPTY")],
    ["a number", "WORD", () => positiveNumber(RAW, "WORD", 1)],
    ["a number above zero", "ZERO", () => positiveNumber(RAW, "ZERO", 1)],
    ["a binding", "ABSENT", () => binding(RAW, "ABSENT")],
    ["a binding that is one", "NAME", () => binding(RAW, "NAME")],
    ["a binding that is not null", "NOTHING", () => binding(RAW, "NOTHING")],
    ["a text that its reader understands", "WORD", () => parsed(RAW, "WORD", parseKeyRing)],
    ["a text to read", "ABSENT", () => parsed(RAW, "ABSENT", parseKeyRing)],
  ])("is told so by name, never by value: %s", (_, name, action) => {
    const error = refusal(action);
    expect(error.code).toBe("MISCONFIGURED");
    expect(error.message).toContain(name);
    expect(error.message).not.toContain("secret");
  });
});
