import { SnapbyteError } from "../../core/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { RateLimit } from "../../ports/rate-limit.ts";
import type { Report } from "../in-background.ts";

/** After so long it has certainly begun to count anew, in ms. */
const PERIOD_MS = 60_000;

/** Throws 429 where `key` calls too often. Fails open: whoever cannot be counted is let in. */
export async function admitOften(
  limit: RateLimit,
  key: string,
  { clock, report }: { readonly clock: Clock; readonly report: Report },
): Promise<void> {
  try {
    if (await limit.admit(key)) return;
  } catch (error) {
    report("rate limits", error);
    return;
  }
  throw new SnapbyteError("TOO_MANY_REQUESTS", `At most ${limit.perMinute} calls a minute are allowed.`, {
    headers: { "Retry-After": String(PERIOD_MS / 1000) },
    limit: { name: "calls_per_minute", allowed: limit.perMinute, until: clock.now() + PERIOD_MS },
  });
}
