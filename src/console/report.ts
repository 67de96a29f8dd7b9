import { redactUrlsIn } from "../core/origin-url/redact.ts";

/** An error that nobody handles goes into the log: its text, never a request's address, which may hold a signature. */
export function report(what: string, error: unknown): void {
  console.error(JSON.stringify({ level: "error", what, cause: causeOf(error) }));
}

/**
 * What may stand in a log of an error. A statement that fails says what it was asked with, and with sign-in that is tokens
 * of sessions, addresses of mail and hashes of passwords: the statement stays, its parameters go.
 */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return redactUrlsIn(withoutParameters(String(error)));
  const { name, message, stack = "" } = error;
  const at = stack.indexOf(message);
  const frames = at < 0 ? "" : stack.slice(at + message.length);
  return redactUrlsIn(`${name}: ${withoutParameters(message)}${withoutParameters(frames)}`);
}

/** As drizzle-orm writes them (DrizzleQueryError): behind the statement, to the end. */
function withoutParameters(text: string): string {
  return text.replace(/\nparams:.*$/s, "");
}
