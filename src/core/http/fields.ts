/** Field values by the names that they are sent under; `null`: not sent. */
export type MaybeFields = Readonly<Record<string, string | null>>;

/** Those that are sent. */
export function present(fields: MaybeFields): Record<string, string> {
  const entries = Object.entries(fields);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
}
