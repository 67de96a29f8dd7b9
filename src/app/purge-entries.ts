import { type EntryKey, keyText } from "../core/entry-key.ts";
import { inTurns } from "./in-turns.ts";
import { project } from "./project.ts";
import { type PurgeParts, purge } from "./purge.ts";

/** Entries that are worked on at once; each makes five calls, one after the other. */
const ENTRIES_AT_ONCE = 16;

/** How a purge is meant, and when it was asked for, ms since the epoch. */
export type PurgeTerms = { readonly soft: boolean; readonly began: number };

/** What became of entries: those of which there was something, and those that could not be worked on. */
export type PurgedEntries = {
  readonly purged: readonly EntryKey[];
  readonly failed: readonly { readonly key: EntryKey; readonly error: unknown }[];
};

/**
 * Purges entries, or wants their copies made anew, and returns those of which there was something. One that fails stops no
 * other; rejects once all were tried, and the same call again does what is left.
 */
export async function purgeEntries(
  keys: readonly EntryKey[],
  terms: PurgeTerms,
  parts: PurgeParts,
): Promise<readonly EntryKey[]> {
  const { purged, failed } = await tryEntries(keys, terms, parts);
  if (failed[0]) throw failed[0].error;
  return purged;
}

/** The same, which never rejects and says which could not be worked on. */
export async function tryEntries(
  keys: readonly EntryKey[],
  { soft, began }: PurgeTerms,
  parts: PurgeParts,
): Promise<PurgedEntries> {
  if (soft) return await refreshEntries(keys, began, parts);
  const purged: EntryKey[] = [];
  const failed = await forEach(keys, async (key) => {
    if (await purge(key, "asked", parts)) purged.push(key);
  });
  return { purged, failed };
}

/** The ledger first: from there on no fill of before can end the wish. Then the index, so that downloads hear of it. */
async function refreshEntries(keys: readonly EntryKey[], began: number, parts: PurgeParts): Promise<PurgedEntries> {
  if (keys.length === 0) return { purged: [], failed: [] };
  try {
    const wanted = await parts.ledger.wantRefresh(keys, began, parts.clock.now());
    const entries = await parts.ledger.findMany(wanted);
    const held = new Map(entries.flatMap((entry) => (entry.copy ? [[entry.key, entry] as const] : [])));
    const failed = await forEach([...held.keys()], async (key) => await project(key, held.get(key) ?? null, parts));
    const broken = new Set(failed.map(({ key }) => keyText(key)));
    const purged = wanted.filter((key) => !broken.has(keyText(key)));
    for (const key of purged) parts.usage.record({ kind: "purge", key, rule: null });
    return { purged, failed };
  } catch (error) {
    return { purged: [], failed: keys.map((key) => ({ key, error })) };
  }
}

/** Those whose work failed. */
async function forEach(
  keys: readonly EntryKey[],
  work: (key: EntryKey) => Promise<void>,
): Promise<PurgedEntries["failed"]> {
  const failed: { key: EntryKey; error: unknown }[] = [];
  await inTurns(keys, ENTRIES_AT_ONCE, async (key) => {
    await work(key).catch((error: unknown) => failed.push({ key, error }));
  });
  return failed;
}
