import type { AccessMode } from "../../src/core/tenant.ts";
import type { Target } from "../load/ask.ts";
import { hostOf } from "../world/world.ts";

/** Asks for `/proxy` links of a tenant that must all be hits: the answer leads to our copy. */
export function hitTargets(port: number, mode: AccessMode, paths: readonly string[]): Target[] {
  const headers = { location: new RegExp(`^http://${hostOf(mode)}/f/`), "cache-status": /^snapbyte; hit$/ };
  return paths.map((path) => ({ port, host: hostOf(mode), path, status: 302, headers }));
}

/** Path and query of the `/proxy` link of a URL. */
export function proxyPath(url: string): string {
  return `/proxy?url=${encodeURIComponent(url)}`;
}
