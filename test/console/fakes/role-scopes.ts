import type { Role } from "../../../src/console/identity.ts";

/** What each role may do, as the rules of people have it. */
export const ROLE_SCOPES: Readonly<Record<Role, readonly string[]>> = {
  owner: ["admin"],
  admin: [
    ...["proxy:read", "preload:write", "cache:read", "cache:purge", "links:write"],
    ...["settings:read", "settings:write", "usage:read", "keys:write", "members:write", "audit:read"],
  ],
  member: ["proxy:read", "preload:write", "cache:read", "cache:purge", "links:write", "settings:read", "usage:read"],
  viewer: ["cache:read", "settings:read", "usage:read"],
};
