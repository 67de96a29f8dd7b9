import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { close, listen } from "../../../../src/dev/net/listen.ts";
import { createFront } from "../../../../src/dev/origin/front.ts";
import { type OriginRequest, readRequests } from "../../../../src/dev/origin/request-log.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { ask } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";

/** A way into the stack that notes what clients ask, and what they are answered. */
export type Door = {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The stack as it is seen through the door: for `proxyUrl` and its kind. */
  readonly stack: Stack;
  /** All that was asked so far, oldest first. */
  requests(): Promise<readonly OriginRequest[]>;
};

/** Gives the tests of this file a door to their stack. Call it after `withStack`. */
export function withDoor(stack: () => Stack): () => Door {
  let running: (Door & { stop(): Promise<void> }) | undefined;
  beforeAll(async () => {
    running = await startDoor(stack());
  });
  afterAll(async () => {
    await running?.stop();
  });
  return () => {
    if (!running) throw new Error("the door is open only while tests run");
    return running;
  };
}

async function startDoor(stack: Stack): Promise<Door & { stop(): Promise<void> }> {
  const log = join(tmpdir(), `snapbyte-door-${randomUUID()}.log`);
  const front = createFront(Number(new URL(stack.api).port), log);
  const url = `http://127.0.0.1:${await listen(front, 0)}`;
  return {
    url,
    stack: { ...stack, api: url },
    requests: () => requestsUntilNow(url, log),
    async stop() {
      await close(front);
      await rm(log, { force: true });
    },
  };
}

/** A request is noted a moment after its answer, so one of our own is sent and waited for, and left out. */
async function requestsUntilNow(url: string, log: string): Promise<readonly OriginRequest[]> {
  const path = `${MARK}${randomUUID()}`;
  await (await ask(`${url}${path}`)).body?.cancel();
  const all = await until("the door notes our mark", async () => {
    const requests = readRequests(log);
    return requests.some((request) => request.path === path) ? requests : null;
  });
  return all.filter((request) => !request.path.startsWith(MARK));
}

const MARK = "/mark-";
