import { fromBase64Url, toBase64Url } from "../../core/crypto/base64url.ts";
import { readCookie, setCookie } from "./cookies.ts";

/** A word on what was just done, shown once on the next page. Text only: pages escape it like any other. */
export type Flash = { readonly kind: "done" | "failed"; readonly text: string };

const NAME = "flash";
/** Seconds: the next page comes at once, or not at all. */
const LIFE_S = 60;
/** Characters, so that the cookie stays far below the 4096 bytes that browsers keep. */
const MAX_TEXT = 500;

/** What the last answer left for this page, or `null`; a value that we did not write is nothing. */
export function readFlash(request: Request): Flash | null {
  const value = readCookie(request, NAME);
  const bytes = value ? fromBase64Url(value) : null;
  if (!bytes) return null;
  const [kind, ...text] = new TextDecoder().decode(bytes);
  if (kind !== "+" && kind !== "-") return null;
  return { kind: kind === "+" ? "done" : "failed", text: text.join("").slice(0, MAX_TEXT) };
}

/** Leaves a word for the next page. */
export function flashCookie(url: URL, { kind, text }: Flash): string {
  const bytes = new TextEncoder().encode((kind === "done" ? "+" : "-") + text.slice(0, MAX_TEXT));
  return setCookie(url, NAME, toBase64Url(bytes), LIFE_S);
}

export function forgetFlash(url: URL): string {
  return setCookie(url, NAME, "", 0);
}
