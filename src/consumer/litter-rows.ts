import type { Upload } from "../core/fills/claim-memory.ts";

/** An upload that a fill left behind. `key` is the entry's text; `since` in ms since the epoch. */
export type Litter = Upload & { readonly key: string; readonly since: number };

/** What the fills of one Durable Object left behind and is still to be aborted. */
export type LitterRows = {
  /** Due at once. */
  add(key: string, upload: Upload, now: number): void;
  /** Up to `limit` uploads that are due at `now` (ms since the epoch) or before, the longest due first. */
  due(now: number, limit: number): Litter[];
  /** Not due again before `at`, in ms since the epoch. */
  delay(litter: Litter, at: number): void;
  forget(litter: Litter): void;
  /** When the next one is due, in ms since the epoch; `null`: there is none. */
  nextDue(): number | null;
};

export function litterRows(sql: SqlStorage): LitterRows {
  sql.exec(
    `create table if not exists litter (
      key text, generation text, upload_id text, since integer not null, due_at integer not null,
      primary key (key, generation, upload_id)
    ) without rowid`,
  );
  const one = "key = ? and generation = ? and upload_id = ?";
  return {
    add(key, { generation, uploadId }, now) {
      sql.exec("insert or ignore into litter values (?, ?, ?, ?, ?)", key, generation, uploadId, now, now);
    },
    due(now, limit) {
      const query = `select key, generation, upload_id as uploadId, since from litter
        where due_at <= ? order by due_at limit ?`;
      return sql.exec<Litter>(query, now, limit).toArray();
    },
    delay({ key, generation, uploadId }, at) {
      sql.exec(`update litter set due_at = ? where ${one}`, at, key, generation, uploadId);
    },
    forget({ key, generation, uploadId }) {
      sql.exec(`delete from litter where ${one}`, key, generation, uploadId);
    },
    nextDue() {
      return sql.exec<{ next: number | null }>("select min(due_at) as next from litter").one().next;
    },
  };
}
