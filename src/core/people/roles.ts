import type { Scope } from "./scopes.ts";

/** What a person may be in a tenant, from all to the least. */
export const ROLES = ["owner", "admin", "member", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** Who runs the deployment: all that an owner may in any tenant, and the calls that are for operators alone. */
export const OPERATOR = "operator";
export type ActingRole = Role | typeof OPERATOR;

/** The console itself, in nobody's name: for what whoever takes the money tells it. May do nothing of a tenant's. */
export const SERVICE = "service";

/** What each role may do, once for the API and the console. */
export const ROLE_SCOPES: Readonly<Record<ActingRole, readonly Scope[]>> = {
  operator: ["admin"],
  owner: ["admin"],
  /** All but the money. */
  admin: [
    ...["proxy:read", "preload:write", "cache:read", "cache:purge", "links:write"],
    ...["settings:read", "settings:write", "usage:read", "keys:write", "members:write", "audit:read"],
    ...["assets:*", "uploads:*"],
  ] as readonly Scope[],
  /** The daily work: files and links, no settings, keys or people. */
  member: [
    ...["proxy:read", "preload:write", "cache:read", "cache:purge", "links:write", "settings:read", "usage:read"],
    ...["assets:*", "uploads:*"],
  ] as readonly Scope[],
  /** Looks, and changes nothing. */
  viewer: ["cache:read", "settings:read", "usage:read", "assets:read"],
};

export function isActingRole(text: unknown): text is ActingRole {
  return typeof text === "string" && Object.hasOwn(ROLE_SCOPES, text);
}
