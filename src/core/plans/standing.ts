import type { Metered } from "./limits.ts";

/**
 * Whether a tenant is served in full: `good`, or what it is over, how much is allowed of it, and until when (ms since the
 * epoch; `null`: until somebody changes something). Decided behind the scenes and kept with the tenant: a download asks
 * nobody.
 */
export type Standing = "good" | Aside;
export type Aside = {
  readonly over: Metered | "suspended";
  readonly allowed: number | null;
  readonly until: number | null;
};

/** How a tenant stands in settings that were kept before there was such a thing: `null`, or nothing. */
export function readStanding(stored: Aside | null | undefined): Standing {
  return stored ?? "good";
}

/** What a tenant is over, as calls and answers spell it: `delivered_bytes`. */
export function spellOver(over: Aside["over"]): "suspended" | "requests" | "delivered_bytes" | "stored_bytes" {
  return over === "deliveredBytes" ? "delivered_bytes" : over === "storedBytes" ? "stored_bytes" : over;
}
