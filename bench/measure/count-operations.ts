import { closedLoop } from "../load/closed-loop.ts";
import type { Next } from "../load/targets.ts";
import { type Operations, operationsBetween } from "../server/operations.ts";
import type { Server } from "../server/start-server.ts";
import { fillsAskedFor, hitsWritten } from "./settle.ts";

/** What a kind of request asks of the platform. */
export type Counted = {
  /** In all, by so many requests, each with what it sets off behind its answer. */
  readonly operations: Operations;
  readonly requests: number;
};

const AT_ONCE = 16;

/** Counts what so many requests ask for, by those who answer for the platform: exactly, and nothing is added up by us. */
export async function countOperations(server: Server, next: Next, requests: number): Promise<Counted> {
  const before = await server.operations();
  await closedLoop(next, requests, AT_ONCE);
  await fillsAskedFor(server);
  await hitsWritten();
  return { operations: operationsBetween(before, await server.operations()), requests };
}

/** The same for one request. */
export function perRequest({ operations, requests }: Counted): Operations {
  const shares = Object.entries(operations).map(([name, count]) => [name, count / requests]);
  return Object.fromEntries(shares) as Operations;
}
