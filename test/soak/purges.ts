import { setTimeout as sleep } from "node:timers/promises";
import { ask, manage } from "../system/stack/requests.ts";
import { until } from "../system/stack/until.ts";
import { atOnce } from "./at-once.ts";
import { copyOf, faultOfDownload, untilCopy } from "./copies.ts";
import { leftoversAfterSweep, storedIn } from "./leftovers.ts";
import type { Outcome } from "./outcome.ts";
import type { PatternObject } from "./pattern-origin.ts";
import { inSoakStack, type SoakStack } from "./soak-stack.ts";

const MIB = 2 ** 20;
/** Fills that are under way at a time. */
const WIDTH = 6;
const PATIENCE_MS = 180_000;
/** What a fill takes beside the time in which the origin sends, in ms. */
const AROUND_MS = 200;
/** Purges that do not wait until the fill has begun. */
const EARLY = 0.15;

type Kind = { readonly name: string; readonly share: number; readonly object: () => Omit<PatternObject, "version"> };

/** Small ones are put at once; what comes in chunks, or has more than 64 MiB, goes in parts. */
const KINDS: readonly Kind[] = [
  { name: "small", share: 0.6, object: () => ({ size: between(1, MIB), paceMs: 200 }) },
  { name: "put in pieces", share: 0.2, object: () => ({ size: between(8 * MIB, 12 * MIB), paceMs: 40 }) },
  {
    name: "chunked, in parts",
    share: 0.12,
    object: () => ({ size: between(17, 40) * MIB + 1, chunked: true, paceMs: 20 }),
  },
  { name: "in parts", share: 0.08, object: () => ({ size: between(65, 80) * MIB + 1, paceMs: 5 }) },
];

type Counts = { fills: number; before: number; during: number; after: number; wrong: number };

/**
 * Purges each of many fills at a random moment, right after its object got other bytes at the origin, and looks at all
 * that is delivered from then on: none of it may be the old bytes. In the end nothing may be left that no entry has.
 */
export async function purges({ fills = 200 } = {}): Promise<Outcome> {
  return await inSoakStack({ vars: { ORPHAN_AGE_MS: "1" } }, async (soak) => {
    const failures: string[] = [];
    const counts = new Map(KINDS.map(({ name }) => [name, { fills: 0, before: 0, during: 0, after: 0, wrong: 0 }]));
    const kinds = Array.from({ length: fills }, (_, index) => kindOf((index + 0.5) / fills));
    await atOnce(shuffled(kinds), WIDTH, async ({ name, object }, index) => {
      const count = counts.get(name);
      if (count) await purgeOne(`fill-${index}`, object(), { soak, count, failures });
    });
    const { objects } = storedIn(soak.state);
    const left = await leftoversAfterSweep(soak);
    const rows = [...counts].map(([name, { fills: all, before, during, after, wrong }]) => {
      return [name, ...[all, before, during, after, wrong].map(String)];
    });
    rows.push([
      "objects before and after the sweep",
      String(objects.length),
      String(storedIn(soak.state).objects.length),
    ]);
    const head = ["kind", "fills", "purged before a byte", "during the fill", "after it", "wrong"];
    return { head, rows, failures: [...failures, ...left] };
  });
}

type Around = { readonly soak: SoakStack; readonly count: Counts; readonly failures: string[] };

async function purgeOne(key: string, object: Omit<PatternObject, "version">, around: Around): Promise<void> {
  const { soak, count, failures } = around;
  const { origin, stack } = soak;
  const path = `/${key}.bin`;
  const url = origin.url + path;
  const asked = () => origin.asked.some((request) => request.startsWith(`GET ${path}`));
  origin.put(path, { ...object, version: 1 });
  await copyOf(stack(), url, key);
  if (Math.random() > EARLY) await until(`the fill of ${key} asks the origin`, async () => asked() || null);
  await sleep(Math.random() * 1.5 * (((object.paceMs ?? 0) * object.size) / MIB + AROUND_MS));
  const had = await copyOf(stack(), url, key);
  const begun = asked();
  // From here on nobody gets the old bytes from the origin.
  origin.put(path, { ...object, version: 2 });
  const answer = await manage(stack(), `/cache/${key}`, { method: "DELETE" });
  await answer.body?.cancel();
  count.fills += 1;
  if (had !== null) count.after += 1;
  else if (begun) count.during += 1;
  else count.before += 1;

  const note = (what: string, fault: string | null) => {
    if (fault === null) return;
    count.wrong += 1;
    failures.push(`${key}, ${object.size} bytes, ${what}: ${fault}`);
  };
  if (answer.status !== 200 && answer.status !== 404) note("purge", `status ${answer.status}`);
  // A link from before leads to the new bytes, at their origin if need be.
  if (had !== null) note("old link", await faultOfDownload(2, object.size, await followed(had, url)));
  const link = await untilCopy(stack(), url, key, PATIENCE_MS);
  note("new link", await faultOfDownload(2, object.size, link));
}

/** Where a link to a copy leads: to itself, or to the origin. */
async function followed(link: string, origin: string): Promise<string> {
  const answer = await ask(link, { method: "HEAD" });
  await answer.body?.cancel();
  return answer.status === 302 ? origin : link;
}

function kindOf(at: number): Kind {
  let share = 0;
  const kind = KINDS.find((each) => {
    share += each.share;
    return at < share;
  });
  return kind ?? (KINDS[0] as Kind);
}

function between(least: number, most: number): number {
  return Math.floor(least + Math.random() * (most - least));
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
