import type { IRequest } from "itty-router";
import { admitHost, type WhichHostParts } from "../app/which-host.ts";
import type { Door } from "../core/hosts/door.ts";
import { hostOf } from "./request-hints.ts";

type Answer = (request: IRequest, requestId: string) => Promise<Response>;

/**
 * Answers on those hosts only that have this door. Around each route, and so behind the router's reading of the path: a
 * reading of our own might take another route for the one that the path leads to.
 */
export function behindDoor(door: Door, answer: Answer, parts: WhichHostParts): Answer {
  return async (request, requestId) => {
    const asked = admitHost(door, hostOf(request), parts);
    if (asked) await asked;
    return await answer(request, requestId);
  };
}
