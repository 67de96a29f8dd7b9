import { waitUntil } from "cloudflare:workers";
import { consoleReport } from "./console-report.ts";

/**
 * Keeps the current invocation alive until the work settles, at most 30 s after its answer
 * (https://developers.cloudflare.com/workers/platform/limits/). Holds on to no request's context.
 */
export function inBackground(work: Promise<unknown>): void {
  waitUntil(work.catch((error: unknown) => consoleReport("background", error)));
}
