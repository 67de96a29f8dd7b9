import { randomUUID } from "node:crypto";
import { type OriginRequest, readRequests } from "../../../src/dev/origin/request-log.ts";
import type { Stack } from "../../../src/dev/stack.ts";
import { ask } from "./requests.ts";
import { until } from "./until.ts";

/**
 * All that the demo origin was asked so far. A request is logged a moment after its answer, so one of our own is sent and
 * waited for; it and its kind are left out.
 */
export async function originRequests(stack: Stack): Promise<readonly OriginRequest[]> {
  const path = `${MARK}${randomUUID()}`;
  const response = await ask(`${stack.origin}${path}`);
  await response.body?.cancel();
  const all = await until("the origin logs our mark", async () => {
    const requests = readRequests(stack.originLog);
    return requests.some((request) => request.path === path) ? requests : null;
  });
  return all.filter((request) => !request.path.startsWith(MARK));
}

/** What the demo origin was asked for an object, oldest first. */
export async function requestsFor(stack: Stack, url: string): Promise<readonly OriginRequest[]> {
  const [address = ""] = url.split("?");
  const path = address.slice(stack.origin.length);
  return (await originRequests(stack)).filter((request) => request.path === path);
}

/** Whether a request made the origin send a whole object. */
export function isWhole({ method, range }: OriginRequest): boolean {
  return method === "GET" && range === null;
}

const MARK = "/mark-";
