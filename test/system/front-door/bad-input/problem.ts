import { expect } from "vitest";
import { errorBody } from "../../../../src/api/schemas/common.ts";
import { ERRORS, type ErrorCode } from "../../../../src/core/errors.ts";

/** Reads an error answer, which has the one shape that all of them have; returns code and message. */
export async function problemOf(response: Response): Promise<{ code: ErrorCode; message: string }> {
  const text = await response.text();
  const { error } = errorBody.parse(JSON.parse(text));
  expect(response.headers.get("content-type")).toMatch(/^application\/json/);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("location")).toBeNull();
  expect(response.status).toBe(ERRORS[error.code].status);
  expect(error.request_id).toMatch(/^[0-9a-f-]{36}$/);
  expect(Math.abs(Date.now() - Date.parse(error.timestamp))).toBeLessThan(60 * 60_000);
  // No stack, no file, no type of an exception.
  expect(text).not.toMatch(/\.[jt]s\b|Error:|\\n/);
  return { code: error.code, message: error.message };
}
