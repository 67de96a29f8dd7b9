import type { DonePart } from "../core/fills/fill-plan.ts";

/** The parts that the store has of the fills of one Durable Object. `key` is the entry's text. */
export type PartRows = {
  /** In the place of an earlier one of the same number. */
  write(key: string, part: DonePart): void;
  /** Rising; a row is read when it is asked for. */
  numbers(key: string): Iterable<number>;
  /** By their numbers: up to 10,000. */
  all(key: string): DonePart[];
  count(key: string): { parts: number; bytes: number };
  forget(key: string): void;
};

/** A row for each part: a fill of 10,000 would otherwise write them all again with each one. */
export function partRows(sql: SqlStorage): PartRows {
  sql.exec(
    `create table if not exists parts (
      key text, number integer, etag text not null, bytes integer not null, sha256 text, crc text,
      primary key (key, number)
    ) without rowid`,
  );
  return {
    write(key, { number, etag, bytes, sha256, crc }) {
      sql.exec("insert or replace into parts values (?, ?, ?, ?, ?, ?)", key, number, etag, bytes, sha256, crc);
    },
    *numbers(key) {
      const query = "select number from parts where key = ? order by number";
      for (const { number } of sql.exec<{ number: number }>(query, key)) yield number;
    },
    all(key) {
      const query = "select number, etag, bytes, sha256, crc from parts where key = ? order by number";
      return sql.exec<DonePart>(query, key).toArray();
    },
    count(key) {
      const query = "select count(*) as parts, coalesce(sum(bytes), 0) as bytes from parts where key = ?";
      return sql.exec<{ parts: number; bytes: number }>(query, key).one();
    },
    forget(key) {
      sql.exec("delete from parts where key = ?", key);
    },
  };
}
