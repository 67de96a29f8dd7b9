import { waitUntil } from "cloudflare:workers";

/** Lets work outlive the answer, at most 30 s. What fails is reported. */
export function inBackground(report: (what: string, error: unknown) => void) {
  return (work: Promise<unknown>): void => waitUntil(work.catch((error: unknown) => report("background", error)));
}
