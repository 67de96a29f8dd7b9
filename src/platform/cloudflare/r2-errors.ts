/** R2's name for a refusal that somebody here reacts to: https://developers.cloudflare.com/r2/api/error-codes/ */
export const R2_NO_SUCH_UPLOAD = 10024;
export const R2_INVALID_PART = 10025;
export const R2_BAD_DIGEST = 10037;

/** The code that R2 puts at the end of its messages, as in `put: … (10037)`; `null`: the error is not R2's. */
export function r2ErrorCode(error: unknown): number | null {
  const code = error instanceof Error ? /\((\d{5})\)\s*$/.exec(error.message)?.[1] : undefined;
  return code === undefined ? null : Number(code);
}
