import { setTimeout as sleep } from "node:timers/promises";
import { entryPage } from "../../../../src/api/schemas/entry.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import type { Entry } from "../../stack/entries.ts";
import { manage } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import type { SuiteOrigin } from "./suite-origin.ts";

/** However many wait, the API is asked so often, in ms. */
const LOOK_EVERY_MS = 200;
/** A fill that nobody has begun after this time, in ms, is asked for again. */
const LATE_MS = 5_000;

/** Knows how first fills have ended. */
export type Fills = {
  /**
   * Waits until there is a copy, or none, or an attempt failed that will be made again. Of later ones nobody waits. `again`
   * asks for the object once more: where nobody could say in time whether there is a copy, none may have been asked for.
   */
  ended(url: string, again: () => Promise<void>): Promise<void>;
  /** Whether a miss is none: there is a copy, and no decision against it, but a look-up that ran out of its time. */
  isMissed(url: string, cacheStatus: string): Promise<boolean>;
};

export function fillsOf(stack: Stack, origin: SuiteOrigin): Fills {
  const ended = new Set<string>();
  const [filling, ready] = [entriesThatAre("filling", stack), entriesThatAre("ready", stack)];
  return {
    async ended(url, again) {
      if (ended.has(url)) return;
      await until(`${url} is asked to be filled`, async () => {
        const isAsked = origin.isAskedToFill(pathOf(url)).then(() => true);
        if (await Promise.race([isAsked, sleep(LATE_MS, false)])) return true;
        await again();
        return null;
      });
      await until(`the fill of ${url} has ended`, async () => {
        const entry = named(url, await filling());
        return entry === null || entry.error !== null || null;
      });
      ended.add(url);
    },
    async isMissed(url, cacheStatus) {
      return ended.has(url) && cacheStatus === "snapbyte; fwd=uri-miss" && named(url, await ready()) !== null;
    },
  };
}

/** One look for all who want one before it begins. */
function entriesThatAre(status: Entry["status"], stack: Stack): () => Promise<readonly Entry[]> {
  let coming: Promise<readonly Entry[]> | null = null;
  const look = async () => {
    await sleep(LOOK_EVERY_MS);
    coming = null;
    const response = await manage(stack, `/cache?status=${status}&limit=1000`);
    return entryPage.parse(await response.json()).entries;
  };
  return async () => {
    coming ??= look();
    return await coming;
  };
}

function named(url: string, entries: readonly Entry[]): Entry | null {
  return entries.find(({ source_url }) => source_url.split("?")[0] === url.split("?")[0]) ?? null;
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}
