import { admitHost, type WhichHostParts } from "../app/which-host.ts";
import type { Door } from "../core/hosts/door.ts";
import type { Route } from "./methods.ts";
import { hostOf } from "./request-hints.ts";

/** Answers on those hosts only that have this door. Around each route, so that none is without one. */
export function behindDoor(door: Door, route: Route, parts: WhichHostParts): Route {
  return async (request, requestId, params) => {
    const asked = admitHost(door, hostOf(request), parts);
    if (asked) await asked;
    return await route(request, requestId, params);
  };
}
