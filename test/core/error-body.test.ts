import { describe, expect, it } from "vitest";
import { errorAnswer } from "../../src/core/error-body.ts";
import { ERRORS, type ErrorCode, SnapbyteError } from "../../src/core/errors.ts";
import { NOON } from "./samples.ts";

const CODES = Object.keys(ERRORS) as ErrorCode[];

describe("the answer to an error", () => {
  it.each(CODES)("of code %s has the status of the table and says so", (code) => {
    const { status, body } = errorAnswer(new SnapbyteError(code), "request-1", NOON);
    expect(status).toBe(ERRORS[code].status);
    expect(body).toEqual({
      error: { code, message: ERRORS[code].message, timestamp: "2026-11-20T12:00:00.000Z", request_id: "request-1" },
    });
  });

  it.each(CODES)("of code %s tells when to come back only where that can help", (code) => {
    expect("Retry-After" in errorAnswer(new SnapbyteError(code), "request-1", NOON).headers).toBe(
      ERRORS[code].retryable,
    );
  });

  it("carries the headers of the error, which win over its own", () => {
    const allow = new SnapbyteError("METHOD_NOT_ALLOWED", undefined, { headers: { Allow: "GET" } });
    expect(errorAnswer(allow, "request-1", NOON).headers).toEqual({ Allow: "GET" });
    const later = new SnapbyteError("UNAVAILABLE", undefined, { headers: { "Retry-After": "30" } });
    expect(errorAnswer(later, "request-1", NOON).headers).toEqual({ "Retry-After": "30" });
  });

  it.each([
    ["an Error", new Error("password=secret at db.internal")],
    [
      "an Error with the code of ours",
      Object.assign(new Error("secret"), { code: "NOT_FOUND", headers: { A: "secret" } }),
    ],
    ["a string", "secret"],
    ["nothing", undefined],
    ["null", null],
  ])("keeps the text of %s inside", (_, thrown) => {
    const answer = errorAnswer(thrown, "request-1", NOON);
    expect(answer.status).toBe(500);
    expect(answer.body.error.code).toBe("INTERNAL");
    expect(JSON.stringify(answer)).not.toContain("secret");
  });

  it("keeps the cause of an error inside", () => {
    const error = new SnapbyteError("UNAVAILABLE", undefined, { cause: new Error("secret") });
    expect(JSON.stringify(errorAnswer(error, "request-1", NOON))).not.toContain("secret");
  });

  it.each([
    [NOON, "2026-11-20T12:00:00.000Z"],
    [null, null],
  ])("tells of a limit what it is, how much, and until when: %j", (until, told) => {
    const limit = { name: "keys", allowed: 5, until };
    const { body } = errorAnswer(new SnapbyteError("PLAN_LIMIT", undefined, { limit }), "request-1", NOON);
    expect(body.error.limit).toEqual({ name: "keys", allowed: 5, until: told });
  });

  it("tells which chunks an upload lacks, and of nothing else that any are missing", () => {
    const lacking = new SnapbyteError("UPLOAD_INCOMPLETE", undefined, { missing: [1, 2] });
    expect(errorAnswer(lacking, "request-1", NOON).body.error.missing).toEqual([1, 2]);
    expect(errorAnswer(new SnapbyteError("NOT_FOUND"), "request-1", NOON).body.error).not.toHaveProperty("missing");
  });
});
