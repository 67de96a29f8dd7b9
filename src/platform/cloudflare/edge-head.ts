import type { StoredHead } from "../../ports/object-store.ts";

/** Where a cached answer keeps what the store said of the object: the cache must find nothing in it to go by. */
export const HEAD_FIELD = "X-Stored-Head";

/** A head as the value of a field: JSON of printable ASCII alone. */
export function writeHead({ size, headers }: StoredHead): string {
  return JSON.stringify({ size, headers }).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** What {@link writeHead} wrote; `null`: nothing of ours, or not all of it. */
export function readHead(field: string | null): StoredHead | null {
  if (field === null) return null;
  try {
    const { size, headers } = JSON.parse(field) as Partial<StoredHead>;
    const isWhole = Number.isSafeInteger(size) && typeof headers?.etag === "string";
    return isWhole ? { size: size as number, headers: headers as StoredHead["headers"] } : null;
  } catch {
    return null;
  }
}
