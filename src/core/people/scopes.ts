/** What a caller may be let do for one tenant, each by a name that its calls declare. */
export const SCOPES = [
  "proxy:read",
  "preload:write",
  "cache:read",
  "cache:purge",
  "links:write",
  "settings:read",
  "settings:write",
  "usage:read",
  "keys:write",
  "members:write",
  "billing:write",
  "audit:read",
  "assets:read",
  "assets:write",
  "assets:*",
  "uploads:*",
  "admin",
] as const;

/** `proxy:read`: a known caller of `/proxy`, who may name keys; `admin`: all that there is for the tenant, and will be. */
export type Scope = (typeof SCOPES)[number];

/** Whether who has these scopes may do what asks for `needed`. One that ends in `*` holds all of its kind. */
export function holds(held: readonly Scope[], needed: Scope): boolean {
  const kind = `${needed.slice(0, needed.indexOf(":"))}:*`;
  return held.some((scope) => scope === needed || scope === "admin" || scope === kind);
}

/** Whether who has these scopes may hand all of `wanted` on: nobody gives more than they have. */
export function holdsAll(held: readonly Scope[], wanted: readonly Scope[]): boolean {
  return wanted.every((scope) => holds(held, scope));
}

/** The scopes in a stored list; `null`: a key of before there were any, which may do all. What no rule knows opens nothing. */
export function readScopes(stored: readonly string[] | null): readonly Scope[] {
  return stored === null ? ["admin"] : SCOPES.filter((scope) => stored.includes(scope));
}
