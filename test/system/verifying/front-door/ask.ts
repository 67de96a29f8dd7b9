import { setTimeout as sleep } from "node:timers/promises";
import type { Stack } from "../../../../src/dev/stack.ts";
import { askProxy, type ProxyAnswer } from "../../stack/requests.ts";

/** On a busy machine a look-up or a probe may miss its time budget, and the download goes to the origin as it should. */
const TRIES = 20;
const PAUSE_MS = 150;

/** What the front door made of a link: `copy`, our own; `origin`, the link as it was given; else what it answered. */
export type FrontDoorAnswer = "copy" | "origin" | string;

/** Asks the front door; again when a copy is due, and the answer is the origin. */
export async function frontDoorSays(stack: Stack, url: string, copyIsDue: boolean): Promise<FrontDoorAnswer> {
  for (let tries = 1; ; tries++) {
    const answer = read(await askProxy(stack, url), stack, url);
    if (answer !== "origin" || !copyIsDue || tries === TRIES) return answer;
    await sleep(PAUSE_MS);
  }
}

function read({ status, location, cacheStatus }: ProxyAnswer, { api }: Stack, url: string): FrontDoorAnswer {
  const hit = cacheStatus === "snapbyte; hit";
  if (status === 302 && hit && location.startsWith(`${api}/f/`)) return "copy";
  if (status === 302 && !hit && location === url) return "origin";
  return `${status}, ${cacheStatus}, ${location}`;
}
