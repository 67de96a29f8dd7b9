import type { Metered } from "./limits.ts";

/**
 * Whether a tenant is served in full: `good`, or what it is over, and until when (ms since the epoch; `null`: until
 * somebody changes something). Decided behind the scenes and kept with the tenant: a download asks nobody.
 */
export type Standing = "good" | Aside;
export type Aside = { readonly over: Metered | "suspended"; readonly until: number | null };

/** How a tenant stands in settings that were kept before there was such a thing: `null`, or nothing. */
export function readStanding(stored: Aside | null | undefined): Standing {
  return stored ?? "good";
}
