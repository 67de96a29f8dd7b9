import { parseRawUrl } from "../../../src/core/origin-url/raw-url.ts";
import type { SignatureVerdict } from "../../../src/core/verify/material.ts";

/** Every text that differs from `text` in one character between `from` and `to`. */
export function* changedTexts(text: string, from = 0, to = text.length): Generator<string> {
  for (let at = from; at < to; at++) {
    for (const other of substitutes(text, at)) yield text.slice(0, at) + other + text.slice(at + 1);
  }
}

/** The changed ones of a link that are URLs and still pass; `parts`: which pieces of its text to change, everything by default. */
export async function passingChanges(
  link: string,
  verdict: (link: string) => Promise<SignatureVerdict>,
  parts: readonly string[] = [link.slice(link.indexOf("//") + 2)],
): Promise<string[]> {
  const passing: string[] = [];
  for (const part of parts) {
    const from = link.indexOf(part);
    if (from < 0) throw new Error(`${link} has no ${part}`);
    for (const changed of changedTexts(link, from, from + part.length)) {
      if (typeof parseRawUrl(changed) === "string") continue;
      if ((await verdict(changed)) === "valid") passing.push(changed);
    }
  }
  return passing;
}

/** `name=value` of a link's parameter, as it stands there. */
export function parameterOf(link: string, name: string): string {
  const found = link
    .slice(link.indexOf("?") + 1)
    .split("&")
    .find((parameter) => parameter.startsWith(`${name}=`));
  if (found === undefined) throw new Error(`${link} has no ${name}`);
  return found;
}

/** Another letter or digit, and the letter in its other case, except where that spells the same (`%2f`, a host name). */
function substitutes(text: string, at: number): string[] {
  const character = text[at] ?? "";
  const next = /[0-8A-Ya-y]/.test(character) ? String.fromCharCode(character.charCodeAt(0) + 1) : "5";
  const flipped = character === character.toUpperCase() ? character.toLowerCase() : character.toUpperCase();
  const folds = /%[0-9A-Fa-f]?$/.test(text.slice(0, at)) || at < text.indexOf("/", "https://".length);
  return flipped === character || folds ? [next] : [next, flipped];
}
