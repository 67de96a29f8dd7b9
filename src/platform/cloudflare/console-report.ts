import { redactUrlsIn } from "../../core/origin-url/redact.ts";

/** Writes one line of JSON to the Worker's log. URLs in other people's error messages lose their credentials. */
export function consoleReport(what: string, error: unknown): void {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  console.error(JSON.stringify({ level: "error", what, message: redactUrlsIn(message) }));
}
