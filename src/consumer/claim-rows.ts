import type { Claim } from "../core/fills/claims.ts";

/** Claims that are kept in memory beside the database, so that asking for one that somebody has costs no read. */
const IN_MEMORY = 2_000;

type Row = Claim & Record<string, SqlStorageValue>;

/** The claims of one Durable Object, a row for each entry. `key` is the entry's text. */
export type ClaimRows = {
  read(key: string): Claim | null;
  /** `null` forgets the claim. */
  write(key: string, claim: Claim | null): void;
  /** Up to `limit` claims whose `until` is `now` (ms since the epoch) or before, the longest due first. */
  due(now: number, limit: number): [key: string, claim: Claim][];
  /** When the next claim is due, in ms since the epoch; `null`: there is none. */
  nextDue(): number | null;
};

/** Keeps claims in the object's SQLite, which answers at once: no event comes between reading a claim and writing it. */
export function claimRows(sql: SqlStorage): ClaimRows {
  sql.exec(
    `create table if not exists claims (
      key text primary key, fence integer not null, state text not null, until integer not null, generation text
    ) without rowid`,
  );
  sql.exec("create index if not exists claims_by_until on claims (until)");
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
      const [row] = sql.exec<Row>("select fence, state, until, generation from claims where key = ?", key);
      return remember(key, row ?? null);
    },
    write(key, claim) {
      if (claim) {
        const { fence, state, until, generation } = claim;
        sql.exec("insert or replace into claims values (?, ?, ?, ?, ?)", key, fence, state, until, generation);
      } else sql.exec("delete from claims where key = ?", key);
      remember(key, claim);
    },
    due(now, limit) {
      const query = "select * from claims where until <= ? order by until limit ?";
      const rows = sql.exec<Row & { key: string }>(query, now, limit).toArray();
      return rows.map(({ key, ...claim }) => [key, claim as Claim]);
    },
    nextDue() {
      return sql.exec<{ next: number | null }>("select min(until) as next from claims").one().next;
    },
  };
}
