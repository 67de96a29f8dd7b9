import { setTimeout as sleep } from "node:timers/promises";
import { ask } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";

/** What a client got. */
export type Got = {
  readonly client: number;
  /** `performance.now()` right before it asked. */
  readonly startedAt: number;
  readonly status: number;
  /** The byte that fills its body; `null`: there was no body, or it broke off before it began. */
  readonly version: number | null;
  readonly location: string | null;
  readonly cacheStatus: string | null;
  /** The code of an error. */
  readonly code: string | null;
};

/** Clients that download by links of theirs, again and again, until they are told to stop. */
export type Crowd = {
  readonly got: readonly Got[];
  /** Waits until each has so many answers to what it asked after a moment (`performance.now()`). */
  untilEach(times: number, after?: number): Promise<void>;
  /** Settles when those under way have ended. Rejects with whatever a client could not make sense of. */
  stop(): Promise<void>;
};

/** How long a slow reader leaves what it has been sent lying, in ms. */
const SLOW_MS = 15;
const RANGES = ["bytes=0-65535", "bytes=-1000", "bytes=100000-163839", "bytes=1-1"];

/** One in ten reads slowly, one in five the whole; the others seek. A body must be one byte over and over: the version. */
export function startCrowd(links: readonly string[]): Crowd {
  const got: Got[] = [];
  let stopped = false;
  async function download(link: string, client: number): Promise<void> {
    for (let turn = 0; !stopped; turn += 1) got.push(await once(link, client, turn));
  }
  const all = Promise.all(links.map(download));
  // It is told of when the crowd is stopped.
  all.catch(() => {});
  return {
    got,
    async untilEach(times, after = 0) {
      const count = (client: number) => got.filter((each) => each.client === client && each.startedAt > after).length;
      const missing = () => links.filter((_, client) => count(client) < times);
      const fine = until("every client has its answers", async () => (missing().length === 0 ? true : null));
      await Promise.race([fine, all]);
    },
    async stop() {
      stopped = true;
      await all;
    },
  };
}

async function once(link: string, client: number, turn: number): Promise<Got> {
  const range = client % 5 === 0 ? null : RANGES[(client + turn) % RANGES.length];
  const startedAt = performance.now();
  const answer = await ask(link, range ? { headers: { range } } : {});
  const { status, headers } = answer;
  const hasBytes = status === 200 || status === 206;
  const told = hasBytes ? "" : await answer.text();
  return {
    ...{ client, startedAt, status, location: headers.get("location"), cacheStatus: headers.get("cache-status") },
    version: hasBytes ? await versionOf(answer, client % 10 === 0) : null,
    code: told === "" ? null : (JSON.parse(told) as { error: { code: string } }).error.code,
  };
}

/** Rejects for a body that is of two versions. One that breaks off, as a download under way may, is of what it was. */
async function versionOf({ body }: Response, slowly: boolean): Promise<number | null> {
  let version: number | null = null;
  const reader = body?.getReader();
  for (;;) {
    const { value } = (await reader?.read().catch(() => null)) ?? {};
    if (!value) return version;
    version ??= value[0] ?? null;
    if (value.some((byte) => byte !== version)) throw new Error("a body is of two versions");
    if (slowly) await sleep(SLOW_MS);
  }
}
