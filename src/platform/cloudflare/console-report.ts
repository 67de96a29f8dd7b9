import { LineLimit } from "../../core/line-limit.ts";
import { redactUrlsIn } from "../../core/origin-url/redact.ts";

const limit = new LineLimit();

/**
 * Writes one line of JSON to the Worker's log, a few in a second for each `what`: `unsaid` tells how many more there were
 * since the line before. URLs in other people's error messages lose their credentials.
 */
export function consoleReport(what: string, error: unknown): void {
  const admitted = limit.admit(what, Date.now());
  if (!admitted) return;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const unsaid = admitted.unsaid > 0 ? admitted : {};
  console.error(JSON.stringify({ level: "error", what, message: redactUrlsIn(message), ...unsaid }));
}
