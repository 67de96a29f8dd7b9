import { ERRORS, type ErrorCode, SnapbyteError } from "./errors.ts";

/** The body of every error answer. */
export type ErrorBody = {
  readonly error: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly timestamp: string;
    readonly request_id: string;
    /** Of an error about a limit: what it is, how much is allowed, and until when. */
    readonly limit?: { readonly name: string; readonly allowed: number | null; readonly until: string | null };
    /** Of an upload that is not complete: the first indices of chunks that are missing. */
    readonly missing?: readonly number[];
  };
};

/**
 * Status, headers and body of an error answer. What is no {@link SnapbyteError} becomes INTERNAL: its text stays inside.
 * `now` in ms since the epoch.
 */
export function errorAnswer(
  error: unknown,
  requestId: string,
  now: number,
): { status: number; headers: Readonly<Record<string, string>>; body: ErrorBody } {
  const known = error instanceof SnapbyteError ? error : new SnapbyteError("INTERNAL");
  const { code, message, headers, limit, missing } = known;
  const hit = limit && {
    limit: { ...limit, until: limit.until === null ? null : new Date(limit.until).toISOString() },
  };
  return {
    status: ERRORS[code].status,
    headers: ERRORS[code].retryable ? { "Retry-After": "1", ...headers } : headers,
    body: {
      error: {
        code,
        message,
        timestamp: new Date(now).toISOString(),
        request_id: requestId,
        ...hit,
        ...(missing && { missing }),
      },
    },
  };
}
