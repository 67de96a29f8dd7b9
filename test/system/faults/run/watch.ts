import { setTimeout as sleep } from "node:timers/promises";
import type { Stack } from "../../../../src/dev/stack.ts";
import { type Entry, listEntries } from "../../stack/entries.ts";
import { ask, manage } from "../../stack/requests.ts";
import { noteSignaturesOf } from "../../stack/signatures.ts";
import { type Download, download } from "./download.ts";
import { type RunningCase, urlOf } from "./running-case.ts";

/** Without it the looking alone would keep a core busy, and the fills waiting. */
const BETWEEN_LOOKS_MS = 1_000;

/** What was seen of a case until its fill ended. */
export type Seen = {
  readonly entry: Entry | null;
  /** Requests that its origin had had by then. */
  readonly asked: number;
  /** All that the front door ever led to, but the origin. */
  readonly downloads: readonly Download[];
};

/** Wants a copy of each, all at once, under the names of the cases as keys. */
export async function wantAll(stack: Stack, cases: readonly RunningCase[]): Promise<void> {
  const items = cases.map((one) => ({ url: noteSignaturesOf(urlOf(one)), hash: one.name }));
  const response = await manage(stack, "/preload", { body: { items } });
  if (response.status !== 202) throw new Error(`/preload answered ${response.status}: ${await response.text()}`);
  await response.body?.cancel();
}

/**
 * Looks at every case again and again until its fill has ended, and each time asks the front door for the copy: by its
 * key, since a miss by its URL would begin another fill. What never ends is seen as it was at the deadline.
 */
export async function watch(
  stack: Stack,
  cases: readonly RunningCase[],
  patienceMs: number,
): Promise<Map<string, Seen>> {
  const deadline = Date.now() + patienceMs;
  const seen = new Map<string, Seen>();
  const downloads = new Map<string, Download[]>();
  let open = cases;
  while (open.length > 0) {
    const entries = new Map((await listEntries(stack)).map((entry) => [entry.key, entry]));
    for (const { name, running } of open) {
      const got = await copyOf(stack, name);
      if (got) downloads.set(name, [...(downloads.get(name) ?? []), got]);
      const entry = entries.get(name) ?? null;
      const served = downloads.get(name) ?? [];
      const ended = entry?.status === "failed" || (entry?.status === "ready" && served.length > 0);
      if (ended || Date.now() > deadline) seen.set(name, { entry, asked: running.asked.length, downloads: served });
    }
    open = open.filter(({ name }) => !seen.has(name));
    await sleep(BETWEEN_LOOKS_MS);
  }
  return seen;
}

/** What the front door leads to under a key; `null`: to nothing. */
async function copyOf({ api }: Stack, key: string): Promise<Download | null> {
  const response = await ask(`${api}/proxy?hash=${encodeURIComponent(key)}`);
  await response.body?.cancel();
  const location = response.headers.get("location");
  return location === null ? null : await download(location);
}
