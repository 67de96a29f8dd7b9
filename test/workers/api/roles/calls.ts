import type { Scope } from "../../../../src/core/people/scopes.ts";

/** A management call: what it needs, and where. `{…}` in the path is something of a tenant's. */
export type ManagementRow = readonly [method: string, path: string, needs: Scope | "operator" | "founder"];

/** Every management call there is, and what it needs: written here once more, by hand. */
export const CALLS: readonly ManagementRow[] = [
  ["POST", "/preload", "preload:write"],
  ["GET", "/preload/{batch}", "preload:write"],
  ["GET", "/cache", "cache:read"],
  ["GET", "/cache/{key}", "cache:read"],
  ["DELETE", "/cache/{key}", "cache:purge"],
  ["POST", "/purge", "cache:purge"],
  ["GET", "/purge/{id}", "cache:purge"],
  ["GET", "/audit", "audit:read"],
  ["POST", "/audit", "usage:read"],
  ["POST", "/inspect", "cache:read"],
  ["GET", "/access", "settings:read"],
  ["PATCH", "/access", "settings:write"],
  ["GET", "/fills", "settings:read"],
  ["PATCH", "/fills", "settings:write"],
  ["GET", "/origins", "settings:read"],
  ["POST", "/origins", "settings:write"],
  ["GET", "/origins/{id}", "settings:read"],
  ["PATCH", "/origins/{id}", "settings:write"],
  ["DELETE", "/origins/{id}", "settings:write"],
  ["GET", "/serving", "settings:read"],
  ["PATCH", "/serving", "settings:write"],
  ["GET", "/hosts", "settings:read"],
  ["POST", "/hosts", "settings:write"],
  ["GET", "/hosts/{host}", "settings:read"],
  ["DELETE", "/hosts/{host}", "settings:write"],
  ["GET", "/cnames", "settings:read"],
  ["POST", "/cnames", "settings:write"],
  ["DELETE", "/cnames/{host}", "settings:write"],
  ["GET", "/verification-keys", "settings:read"],
  ["POST", "/verification-keys", "settings:write"],
  ["DELETE", "/verification-keys/{id}", "settings:write"],
  ["POST", "/verification-keys/{id}/rotate", "settings:write"],
  ["GET", "/link-keys", "settings:read"],
  ["POST", "/link-keys", "settings:write"],
  ["POST", "/link-keys/rotate", "settings:write"],
  ["DELETE", "/link-keys/{kid}", "settings:write"],
  ["POST", "/links", "links:write"],
  ["POST", "/links/revoke", "links:write"],
  ["GET", "/keys", "settings:read"],
  ["POST", "/keys", "keys:write"],
  ["GET", "/keys/{id}", "settings:read"],
  ["DELETE", "/keys/{id}", "keys:write"],
  ["POST", "/keys/{id}/rotate", "keys:write"],
  ["GET", "/usage", "usage:read"],
  ["GET", "/plan", "usage:read"],
  ["GET", "/tenants", "operator"],
  ["POST", "/tenants", "founder"],
  ["GET", "/tenants/{id}", "operator"],
  ["PATCH", "/tenants/{id}", "operator"],
  ["POST", "/tenants/{id}/suspend", "operator"],
  ["POST", "/tenants/{id}/resume", "operator"],
];

/** What each role may, once more by hand; an operator may all. */
export const MAY: Readonly<Record<"owner" | "admin" | "member" | "viewer", readonly string[]>> = {
  owner: [
    ...["preload:write", "cache:read", "cache:purge", "links:write", "settings:read", "settings:write", "usage:read"],
    ...["keys:write", "audit:read"],
  ],
  admin: [
    ...["preload:write", "cache:read", "cache:purge", "links:write", "settings:read", "settings:write", "usage:read"],
    ...["keys:write", "audit:read"],
  ],
  member: ["preload:write", "cache:read", "cache:purge", "links:write", "settings:read", "usage:read"],
  viewer: ["cache:read", "settings:read", "usage:read"],
};
