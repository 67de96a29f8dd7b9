/** The last character of Unicode. */
const LAST = 0x10ffff;
const SURROGATES = { first: 0xd800, last: 0xdfff };

/**
 * The first text behind all that begin with `prefix`, where texts are in the order of their code points, as those of UTF-8's
 * bytes are; `null`: there is none.
 */
export function afterPrefix(prefix: string): string | null {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  while (points.at(-1) === LAST) points.pop();
  const last = points.pop();
  if (last === undefined) return null;
  const next = last + 1 === SURROGATES.first ? SURROGATES.last + 1 : last + 1;
  return String.fromCodePoint(...points, next);
}

/** The first characters of a text, as Postgres counts them. */
export function firstCharacters(text: string, count: number): string {
  return text.length <= count ? text : Array.from(text).slice(0, count).join("");
}
