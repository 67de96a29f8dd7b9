import { describe, expect, it } from "vitest";
import { ERRORS, type ErrorCode, SnapbyteError } from "../../src/core/errors.ts";

const TABLE = Object.entries(ERRORS) as [ErrorCode, (typeof ERRORS)[ErrorCode]][];

describe("the table of errors", () => {
  it.each(TABLE)("%s has a code, a status of an error and a sentence", (code, { status, message }) => {
    expect(code).toMatch(/^[A-Z][A-Z0-9]*(?:_[A-Z]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(message).toMatch(/^[A-Z].*[.>]$/);
  });

  it.each(TABLE.filter(([, { status }]) => status < 500 && status !== 429))(
    "%s asks nobody to repeat what cannot help",
    (_, { retryable }) => {
      expect(retryable).toBe(false);
    },
  );

  it("says something else of every error", () => {
    expect(new Set(TABLE.map(([, { message }]) => message)).size).toBe(TABLE.length);
  });
});

describe("an error for a client", () => {
  it("says what the table says, unless it is told more", () => {
    expect(new SnapbyteError("NOT_FOUND").message).toBe(ERRORS.NOT_FOUND.message);
    expect(new SnapbyteError("NOT_FOUND", "No such key.").message).toBe("No such key.");
  });

  it("keeps what happened inside apart from its message", () => {
    const inside = new Error("connect ECONNREFUSED 10.0.0.1");
    const error = new SnapbyteError("UNAVAILABLE", undefined, { cause: inside });
    expect(error.cause).toBe(inside);
    expect(error.message).not.toContain("10.0.0.1");
  });

  it("is an Error with a name, a code and the headers of its status", () => {
    const error = new SnapbyteError("METHOD_NOT_ALLOWED", undefined, { headers: { Allow: "GET, HEAD" } });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: "SnapbyteError", code: "METHOD_NOT_ALLOWED", headers: { Allow: "GET, HEAD" } });
    expect(new SnapbyteError("NOT_FOUND").headers).toEqual({});
  });
});
