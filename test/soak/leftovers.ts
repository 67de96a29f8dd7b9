import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { listEntries } from "../system/stack/entries.ts";
import { until } from "../system/stack/until.ts";
import type { SoakStack } from "./soak-stack.ts";
import { sweepNow } from "./sweep.ts";

/** What rests in the local store. */
export type Stored = {
  readonly objects: readonly string[];
  /** Uploads in parts that were neither completed nor aborted. */
  readonly openUploads: readonly string[];
};

/** Where Miniflare keeps R2; see its src/workers/r2/schemas.worker.ts. */
const R2 = "workers/v3/r2/miniflare-R2BucketObject";
const IN_PROGRESS = 0;
/** A sweep goes through a page of the store. */
const SWEEPS = 4;

/** Reads what Miniflare keeps, behind its back: its S3 door lists no uploads. */
export function storedIn(state: string): Stored {
  const directory = join(state, R2);
  const objects: string[] = [];
  const openUploads: string[] = [];
  for (const file of readdirSync(directory).filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name))) {
    const database = new DatabaseSync(join(directory, file), { readOnly: true });
    try {
      for (const { key } of database.prepare("select key from _mf_objects").all()) objects.push(String(key));
      const uploads = database.prepare("select key from _mf_multipart_uploads where state = ?").all(IN_PROGRESS);
      for (const { key } of uploads) openUploads.push(String(key));
    } finally {
      database.close();
    }
  }
  return { objects, openUploads };
}

/** Sweeps, and says what there is in the store that no entry has, and what an entry has and the store has not. */
export async function leftoversAfterSweep({ state, stack }: SoakStack): Promise<readonly string[]> {
  for (let sweep = 0; sweep < SWEEPS; sweep++) await sweepNow(state);
  // Gates abort what fills left behind by alarms of their own.
  const open = await until("no upload is open", async () =>
    storedIn(state).openUploads.length === 0 ? [] : null,
  ).catch(() => storedIn(state).openUploads);
  const { objects } = storedIn(state);
  const entries = await listEntries(stack());
  const wanted = new Set(entries.flatMap(({ generation }) => generation ?? []));
  const there = new Set(objects.map((key) => key.split("/").at(-1) ?? ""));
  return [
    ...open.map((key) => `an open upload of ${key}`),
    ...objects
      .filter((key) => !wanted.has(key.split("/").at(-1) ?? ""))
      .map((key) => `an object that no entry has: ${key}`),
    ...[...wanted]
      .filter((generation) => !there.has(generation))
      .map((each) => `an entry whose object is gone: ${each}`),
  ];
}
