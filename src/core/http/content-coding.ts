/** The content codings that we can undo on the way out, as `DecompressionStream` calls them. */
export type UndoableCoding = "gzip" | "deflate";

/**
 * What of a Content-Encoding we can undo: one coding that we know (RFC 9110 sections 8.4 and 8.4.1). `null`: there is
 * none, or it goes out as it is, as `br`, `zstd` and several on top of each other do.
 */
export function undoableCoding(contentEncoding: string | null): UndoableCoding | null {
  const coding = canonical(contentEncoding ?? "");
  return coding === "gzip" || coding === "deflate" ? coding : null;
}

/**
 * Whether an Accept-Encoding leaves room for a coding (RFC 9110 section 12.5.3). Without the field everything is
 * welcome; one that is empty, or does not name it, welcomes none. How much it is welcome is not asked: what lies
 * ready, with its length and its ranges, serves better than what a client would have liked a little more.
 */
export function acceptsCoding(acceptEncoding: string | null, coding: UndoableCoding): boolean {
  if (acceptEncoding === null) return true;
  const elements = acceptEncoding.split(",").map((element) => {
    const [name = "", ...parameters] = element.split(";");
    return { name: canonical(name), refused: parameters.some((weight) => /^\s*q\s*=\s*0(?:\.0*)?\s*$/i.test(weight)) };
  });
  const named = elements.filter(({ name }) => name === coding);
  const meant = named.length > 0 ? named : elements.filter(({ name }) => name === "*");
  return meant.some(({ refused }) => !refused);
}

/** Codings have names in any case, and gzip has two (section 8.4.1.3). */
function canonical(coding: string): string {
  return coding
    .trim()
    .toLowerCase()
    .replace(/^x-gzip$/, "gzip");
}
