import { setTimeout as wait } from "node:timers/promises";
import type { Server } from "../server/start-server.ts";

/** How often it is looked, in ms, whether fills are still being asked for, and for how long in vain at the end. */
const LOOK_EVERY_MS = 25;
const QUIET_MS = 250;
/** A hit is sent to be written down within this time, in ms: FLUSH_EVERY_MS of src/platform/cloudflare/usage-counter.ts, and a little. */
const WRITTEN_AFTER_MS = 1150;

/** Settles once the hits until now are written down, which is done about once a second. */
export function hitsWritten(): Promise<void> {
  return wait(WRITTEN_AFTER_MS);
}

/** Settles once no more fills are asked for. */
export async function fillsAskedFor(server: Server): Promise<void> {
  let quiet = 0;
  let known = -1;
  while (quiet < QUIET_MS) {
    const { gate, messages, queries } = await server.operations();
    const sum = gate + messages + queries;
    quiet = sum === known ? quiet + LOOK_EVERY_MS : 0;
    known = sum;
    await wait(LOOK_EVERY_MS);
  }
}
