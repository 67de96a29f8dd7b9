import type { EntryRow } from "./entry-row.ts";

/** The columns of an entry that hold moments: JSON has them as text (ISO 8601). */
const MOMENTS: ReadonlySet<string> = new Set(["storedAt", "freshUntil", "expiresAt", "createdAt", "updatedAt"]);

/** A row of entries from what Postgres' `to_jsonb` makes of it: with its columns' names in snake case. */
export function entryRowOf(json: string): EntryRow {
  const row: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(JSON.parse(json) as Record<string, unknown>)) {
    const name = column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    row[name] = MOMENTS.has(name) && typeof value === "string" ? new Date(value) : value;
  }
  return row as EntryRow;
}
