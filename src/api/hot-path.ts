import type { RememberedHits } from "../app/remembered-hits.ts";
import type { HitAgain } from "../app/resolve.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Clock } from "../ports/clock.ts";
import type { UsageEvent, UsageSink } from "../ports/usage-sink.ts";
import { type Redirection, redirectHeaders } from "./redirect.ts";

/** What the next request with the same text is answered with, made once. */
export type HotAnswer = {
  readonly headers: Headers;
  /** Where it leads at another moment; `null`: where the headers say. */
  readonly at: ((now: number) => string) | null;
  /** Whether a page of another origin gets other fields. */
  readonly varies: boolean;
  readonly event: UsageEvent;
};

export type HotParts = {
  readonly hits: RememberedHits<HotAnswer>;
  readonly usage: UsageSink;
  readonly clock: Clock;
};

/**
 * The answer to a `/proxy` that was a hit a moment ago, or `null` for the general path. As bare as can be: no promise, no
 * URL is parsed, nothing is allocated that the answer does not need. What a request may say beside its text, and what the
 * outcome would depend on, is looked at here: its method, credentials, and the page that asks.
 */
export function hotHit(request: Request, { hits, usage, clock }: HotParts): Response | null {
  if (request.method !== "GET") return null;
  const now = clock.now();
  const hit = hits.find(request.url, now);
  if (hit === null) return null;
  const { headers } = request;
  if (headers.has("Authorization") || (hit.varies && headers.has("Origin"))) return null;
  usage.record(hit.event, now);
  // The answer takes a copy of them, at once.
  if (hit.at !== null) hit.headers.set("Location", hit.at(now));
  return new Response(null, { status: 302, headers: hit.headers });
}

/**
 * Keeps what this request, whose URL is `text`, was answered with for others that say the same, unless something in it was
 * about its caller. `asOf`: what was known of settings before the first of them was read.
 */
export function keepHot(
  request: Request,
  text: string,
  {
    again,
    asOf,
    event,
    ...redirection
  }: Redirection & { readonly again: HitAgain; readonly asOf: number; readonly event: UsageEvent },
  tenant: Tenant,
  { hits }: Pick<HotParts, "hits">,
): void {
  const varies = tenant.serving.cors !== null;
  if (request.method !== "GET" || request.headers.has("Authorization")) return;
  if (varies && request.headers.has("Origin")) return;
  const { ground, at } = again;
  // Its Location stands in the fields and in what makes it anew, which also has the origin's URL.
  const bytes = 4 * redirection.location.length + 2 * text.length;
  hits.keep(text, ground, { bytes, asOf }, () => {
    const headers = new Headers(redirectHeaders(request, redirection, tenant.serving.cors));
    return { headers, at, varies, event };
  });
}
