import { extendedValue } from "./extended-value.ts";

/** What must not get into a field, nor into what a browser shows: controls, and marks that turn the reading direction. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * A Content-Disposition that tells a file's name (RFC 6266 section 4.1): in ASCII for old clients, and whole in the
 * extended notation. No name becomes a path, a second parameter, or a field of its own.
 */
export function contentDisposition(kind: "inline" | "attachment", fileName: string): string {
  const name = safeFileName(fileName);
  const plain = name.replace(/[^\x20-\x7e]/g, "_").replace(/["\\%]/g, "_");
  const whole = plain === name ? "" : `; filename*=${extendedValue(name)}`;
  return `${kind}; filename="${plain}"${whole}`;
}

/** A file's name that is safe on every system: a client may ignore that it must not be taken for a path (section 4.3). */
function safeFileName(fileName: string): string {
  const name = fileName
    .toWellFormed()
    .replace(UNSEEN, "")
    .replace(/[/\\:*?<>|]/g, "_")
    .replace(/^[. ]+/, "")
    .replace(/[. ]+$/, "");
  return name === "" ? "file" : name;
}
