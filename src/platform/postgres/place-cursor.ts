import * as z from "zod";
import { fromBase64Url, toBase64Url } from "../../core/crypto/base64url.ts";
import { notGiven } from "./time-cursor.ts";

/** What a row is placed by: a key, the beginning of a URL, an id. Postgres takes no NUL in a text. */
const placeShape = z
  .array(
    z
      .string()
      .max(512)
      .regex(/^[^\p{Cc}\p{Cs}]*$/u),
  )
  .min(1)
  .max(2);

/** Where a page in the order of keys or URLs ended. Opaque to clients. */
export function placeCursor(place: readonly string[]): string {
  return toBase64Url(new TextEncoder().encode(JSON.stringify(place)));
}

/** The place behind a cursor. Throws 400 for text that is no cursor of ours. */
export function readPlace(cursor: string): readonly string[] {
  try {
    return placeShape.parse(JSON.parse(new TextDecoder().decode(fromBase64Url(cursor) ?? undefined)));
  } catch {
    throw notGiven();
  }
}
