import { SnapbyteError } from "../../src/core/errors.ts";

type Listed = { readonly createdAt: number; readonly id: string };

/** A page of these, the newest first, and where it ended: here a cursor counts rows. */
export function pageOf<Row extends Listed>(rows: readonly Row[], page: { cursor: string | null; limit: number }) {
  const from = page.cursor === null ? 0 : Number(page.cursor);
  if (!Number.isSafeInteger(from)) throw new SnapbyteError("INVALID_FIELD", "cursor is not one that this list gave.");
  const sorted = rows.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
  const end = from + page.limit;
  return [sorted.slice(from, end), sorted.length > end ? String(end) : null] as const;
}
