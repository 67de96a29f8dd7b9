/** A part of a representation: `length` bytes from `offset`. */
export type ByteRange = { readonly offset: number; readonly length: number };

/**
 * The single range that a Range field asks of `size` bytes (RFC 9110 section 14.1.2). `null`: answer with the whole,
 * as for a unit that we do not know, bad syntax and several ranges, all of which a server may ignore;
 * `"unsatisfiable"`: answer 416.
 */
export function parseByteRange(field: string | null, size: number): ByteRange | "unsatisfiable" | null {
  const match = /^bytes[ \t]*=[ \t]*(\d*)[ \t]*-[ \t]*(\d*)[ \t]*$/i.exec(field ?? "");
  if (!match) return null;
  const [, first = "", last = ""] = match;
  if (first === "" && last === "") return null;
  if (first === "") return lastBytes(Number(last), size);
  const offset = Number(first);
  if (last !== "" && Number(last) < offset) return null;
  if (offset >= size) return "unsatisfiable";
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return { offset, length: end - offset + 1 };
}

/** Of nothing the last bytes are the whole, which is satisfiable, and which no Content-Range can tell of. */
function lastBytes(count: number, size: number): ByteRange | "unsatisfiable" | null {
  if (count === 0) return "unsatisfiable";
  const length = Math.min(count, size);
  return length === 0 ? null : { offset: size - length, length };
}
