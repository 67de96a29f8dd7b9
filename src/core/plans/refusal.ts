import type { Scope } from "../people/scopes.ts";
import type { Aside } from "./standing.ts";

/**
 * What makes more of what a tenant is over. Reading, letting go and paying never wait for a limit, and so does not
 * `assets:write` or `uploads:*`, which are also for making private, deleting, asking and cancelling: what takes bytes in asks
 * for room by itself.
 */
const COSTS: readonly Scope[] = ["preload:write", "links:write"];
/** What is left to a tenant that is suspended. */
const ALWAYS: readonly Scope[] = [
  "cache:read",
  "assets:read",
  "settings:read",
  "usage:read",
  "audit:read",
  "billing:write",
];

/** Whether a tenant that stands aside may not do what asks for this scope. */
export function isRefusedAside({ over }: Aside, needed: Scope): boolean {
  return over === "suspended" ? !ALWAYS.includes(needed) : COSTS.includes(needed);
}
