import { FormError, listOf, required } from "../frame/forms.ts";

export const SELECTORS = [
  ["key", "Keys"],
  ["prefix", "Keys that begin with"],
  ["url_prefix", "URLs that begin with"],
  ["tag", "A tag"],
  ["all", "Everything"],
] as const;

/** What everybody has to type who means everything. */
const EVERYTHING = "everything";

/** The body of a purge, of a form's fields. Throws {@link FormError} with what to do. */
export function purgeSelection(values: Readonly<Record<string, string>>): Record<string, unknown> {
  const soft = values.soft === "yes" ? { soft: true } : {};
  const value = required(values, "value", "Say which: a key, a beginning, or a tag.");
  // What is purged is written into the audit log, where no signature may stand.
  if (values.by !== "all" && /https?:\/\/[^?\s]*\?/i.test(value)) {
    throw new FormError(null, { value: "Leave out the URL's query, which may hold its signature." });
  }
  switch (values.by) {
    case "key":
      return { keys: listOf(value), ...soft };
    case "prefix":
    case "url_prefix":
    case "tag":
      return { [values.by]: value, ...soft };
    case "all":
      if (value !== EVERYTHING) throw new FormError(null, { value: `Type the word ${EVERYTHING}.` });
      return { all: true, ...soft };
    default:
      throw new FormError(null, { by: "Choose one of the list." });
  }
}
