import type { Claim } from "../core/fills/claims.ts";

/** Claims that are kept in memory beside the database, so that asking for one that somebody has costs no read. */
const IN_MEMORY = 2_000;

/** The claims of one Durable Object, a row for each entry. `key` is the entry's text. */
export type ClaimRows = {
  read(key: string): Claim | null;
  /** `dueAt`: when time next does something to it, ms since the epoch. */
  write(key: string, claim: Claim, dueAt: number): void;
  forget(key: string): void;
  /** The keys of up to `limit` claims that are due at `now` (ms since the epoch) or before, the longest due first. */
  due(now: number, limit: number): string[];
  /** When the next claim is due, in ms since the epoch; `null`: there is none. */
  nextDue(): number | null;
};

/**
 * Keeps claims in the object's SQLite, which answers at once: no event comes between reading a claim and writing it.
 *
 * A version before kept claims of another form in a table `claims`. They are forgotten, which is safe: fences follow the
 * clock, so that new ones are higher all the same, and the message of a forgotten claim carries a fence that nobody holds.
 */
export function claimRows(sql: SqlStorage): ClaimRows {
  sql.exec("drop table if exists claims");
  sql.exec("create table if not exists fills (key text primary key, due_at integer not null, claim text not null)");
  sql.exec("create index if not exists fills_by_due on fills (due_at)");
  const memory = new Map<string, Claim | null>();

  const remember = (key: string, claim: Claim | null) => {
    memory.delete(key);
    memory.set(key, claim);
    const [oldest] = memory.keys();
    if (memory.size > IN_MEMORY && oldest !== undefined) memory.delete(oldest);
    return claim;
  };

  return {
    read(key) {
      const known = memory.get(key);
      if (known !== undefined) return known;
      const [row] = sql.exec<{ claim: string }>("select claim from fills where key = ?", key);
      return remember(key, row ? (JSON.parse(row.claim) as Claim) : null);
    },
    write(key, claim, dueAt) {
      sql.exec("insert or replace into fills values (?, ?, ?)", key, dueAt, JSON.stringify(claim));
      remember(key, claim);
    },
    forget(key) {
      sql.exec("delete from fills where key = ?", key);
      remember(key, null);
    },
    due(now, limit) {
      const query = "select key from fills where due_at <= ? order by due_at limit ?";
      return [...sql.exec<{ key: string }>(query, now, limit)].map(({ key }) => key);
    },
    nextDue() {
      return sql.exec<{ next: number | null }>("select min(due_at) as next from fills").one().next;
    },
  };
}
