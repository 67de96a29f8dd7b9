import { fromBase64 } from "../../crypto/base64.ts";
import { toHex } from "../../crypto/hex.ts";
import { TUS_ALGORITHMS, type TusAlgorithm, TusRefusal } from "./protocol.ts";

/** Bytes of what a client may say of a file. */
const MAX_METADATA = 8192;

/** A number of bytes, as Upload-Length and Upload-Offset have it; `null`: it is none. */
export function parseBytes(text: string | null): number | null {
  const number = text !== null && /^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : null;
}

/** Upload-Metadata: pairs of a name in ASCII and a value in base64, which may be absent. Throws 400 for anything else. */
export function parseMetadata(text: string | null): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (text === null || text.trim() === "") return found;
  if (text.length > MAX_METADATA) throw wrong("Upload-Metadata: it is too long.");
  for (const pair of text.split(",")) {
    const [, name = "", value = ""] = /^([!-+\--~]+)(?: ([A-Za-z0-9+/]*={0,2}))?$/.exec(pair.trim()) ?? [];
    const bytes = fromBase64(value);
    if (name === "" || !bytes || found.has(name)) throw wrong("Upload-Metadata: it is not valid.");
    found.set(name, new TextDecoder().decode(bytes));
  }
  return found;
}

/** What Upload-Checksum declares of a body, in hex; `null`: nothing. Throws 400 for what is not known here. */
export function parseChecksum(text: string | null): { readonly algorithm: TusAlgorithm; readonly hex: string } | null {
  if (text === null) return null;
  const [name = "", value = "", ...more] = text.trim().split(" ");
  const algorithm = TUS_ALGORITHMS.find((each) => each === name);
  const bytes = fromBase64(value);
  if (!algorithm || !bytes || bytes.length === 0 || more.length > 0) {
    throw wrong(`Upload-Checksum: it must be one of ${TUS_ALGORITHMS.join(", ")}, and a digest in base64.`);
  }
  return { algorithm, hex: toHex(bytes) };
}

/** An upload that is a part of another, or made of such parts. */
export type Concat = { readonly is: "partial" } | { readonly is: "final"; readonly ids: readonly string[] };

/** Upload-Concat; `null`: it is neither. Throws 400 for what is not valid. */
export function parseConcat(text: string | null): Concat | null {
  if (text === null) return null;
  if (text.trim() === "partial") return { is: "partial" };
  const [, urls = ""] = /^final;\s*(\S.*)$/s.exec(text.trim()) ?? [];
  const ids = urls.split(/\s+/).map((url) => /([^/?#]+)\/?(?:[?#].*)?$/.exec(url)?.[1] ?? "");
  if (urls === "" || ids.some((id) => id === "")) throw wrong("Upload-Concat: it must be partial, or final; and URLs.");
  return { is: "final", ids };
}

function wrong(message: string): TusRefusal {
  return new TusRefusal("BAD_REQUEST", message);
}
