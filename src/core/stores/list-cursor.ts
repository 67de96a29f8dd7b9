/** A place in the listing of several stores, one after the other: in which, and behind what there. */
export type ListCursor = {
  /** `null`: the deployment's own. */
  readonly store: string | null;
  /** As the store itself gave it; `null`: from its beginning. */
  readonly after: string | null;
};

/** A place as one text: the store's name, a colon, and its own cursor. */
export function listCursorText({ store, after }: ListCursor): string {
  return `${store ?? ""}:${after ?? ""}`;
}

/** What {@link listCursorText} wrote. A text without a colon was the own store's when that was the only one. */
export function parseListCursor(text: string): ListCursor {
  const colon = text.indexOf(":");
  if (colon < 0) return { store: null, after: text || null };
  return { store: text.slice(0, colon) || null, after: text.slice(colon + 1) || null };
}
