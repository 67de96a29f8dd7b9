import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { StackError } from "../stack-error.ts";
import type { Leashed } from "./on-leash.ts";

/** How long the Workers may take to answer for the first time. */
const PATIENCE_MS = 60_000;
/** How long one answer may take: the first waits for the Workers to be loaded. */
const ANSWER_MS = 10_000;
/** With an error in its log wrangler waits for the source to change, and holds every request until then. */
const PATIENCE_AFTER_ERROR_MS = 3_000;
const TAIL_LINES = 30;

/** How often it is tried, in ms. */
const EVERY_MS = 100;

/** Waits until this URL gives any answer at all; rejects with the end of the log when the server dies or is stuck. */
export async function untilAnswering(url: string, server: Leashed, log: string): Promise<void> {
  let alive = true;
  server.ended.then(() => {
    alive = false;
  });
  let deadline = Date.now() + PATIENCE_MS;
  while (alive && Date.now() < deadline) {
    if (await answers(url)) return;
    if (/\[ERROR\]/.test(read(log))) deadline = Math.min(deadline, Date.now() + PATIENCE_AFTER_ERROR_MS);
    await sleep(EVERY_MS);
  }
  const tail = read(log).trimEnd().split("\n").slice(-TAIL_LINES).join("\n");
  throw new StackError(`${url} ${alive ? "does not answer" : "did not start"}. The end of ${log}:\n\n${tail}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(ANSWER_MS) });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}

function read(log: string): string {
  return stripVTControlCharacters(readFileSync(log, "utf8"));
}
