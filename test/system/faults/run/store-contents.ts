import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Stack } from "../../../../src/dev/stack.ts";

/** What the store holds. Keys are `tenant/entry/generation`. */
export type StoreContents = { readonly objects: readonly string[]; readonly openUploads: readonly string[] };

/** Where Miniflare keeps the buckets of a stack's Workers, below its state directory: one database for each. */
const BUCKETS = "workers/v3/r2/miniflare-R2BucketObject";

/** Uploads that were neither completed nor aborted. */
const IN_PROGRESS = 0;

/** Reads the store's own tables: its S3 address does not list uploads. */
export function storeContents({ originLog }: Stack): StoreContents {
  const directory = join(dirname(originLog), BUCKETS);
  const files = readdirSync(directory).filter((name) => name.endsWith(".sqlite") && !name.startsWith("metadata"));
  const keys = (sql: string) => files.flatMap((file) => keysIn(join(directory, file), sql));
  return {
    objects: keys("SELECT key FROM _mf_objects"),
    openUploads: keys(`SELECT key FROM _mf_multipart_uploads WHERE state = ${IN_PROGRESS}`),
  };
}

function keysIn(file: string, sql: string): string[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database
      .prepare(sql)
      .all()
      .map(({ key }) => String(key));
  } finally {
    database.close();
  }
}
