/** Steps through a text, so that neighbours in a row of changes do not fall on neighbours in the text. */
const STRIDE = 7;

/**
 * Another letter or digit in the place of one, chosen by `n`. Percent-encoding and punctuation stay as they are: a
 * spelling that means the same would be no change.
 */
export function swapCharacter(text: string, n: number): string {
  const places = [...text.matchAll(/%..|[A-Za-z0-9]/g)].filter(([match]) => match.length === 1);
  // Not the last of many: in base64 it has bits that count for nothing, and so again another spelling.
  const place = places[(n * STRIDE) % Math.max(places.length - 1, 1)];
  if (!place) return `${text}0`;
  const { index } = place;
  return text.slice(0, index) + another(text.charAt(index), n) + text.slice(index + 1);
}

/** One of the same sort: a digit for a digit, and what may be a digit of hex for such a one. */
function another(character: string, n: number): string {
  const others = sortOf(character).replace(character, "");
  return others.charAt(n % others.length);
}

function sortOf(character: string): string {
  if (/\d/.test(character)) return "0123456789";
  return /[a-f]/.test(character) ? "abcdef" : "ABCXYZghjkmnpqrstuvwxyz";
}

/** The last digit of all grows by one, unless it is a nine: a second or so more. */
export function later(value: string): string {
  return value.replace(/\d(?=\D*$)/, (digit) => String(Math.min(9, Number(digit) + 1)));
}

/** The last digit that can shrinks by one. */
export function earlier(value: string): string {
  return value.replace(/[1-9](?=[^1-9]*$)/, (digit) => String(Number(digit) - 1));
}
