/** The fields of a Postgres error that the Neon driver copies onto its own. */
const FIELDS = [
  ...["severity", "code", "detail", "hint", "position", "internalPosition", "internalQuery", "where"],
  ...["schema", "table", "column", "dataType", "constraint", "file", "line", "routine"],
];

/** The body of Neon's 400 answer, or `null` when the error is not one of Postgres's. */
export function postgresErrorBody(error: unknown): Record<string, string> | null {
  if (!(error instanceof Error) || !("code" in error) || !("severity" in error)) return null;
  const known: Record<string, unknown> = { ...error };
  const body: Record<string, string> = { message: error.message };
  for (const field of FIELDS) {
    if (known[field] !== undefined) body[field] = String(known[field]);
  }
  return body;
}
