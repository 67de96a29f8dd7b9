/** Shorter ones could be found where nobody wrote them; the search looks at whole groups of 8 bytes besides. */
const MIN_LENGTH = 16;

/** Parameters that hold the signature of a link, in lower case: of those whose links tests make. */
const NAMES = ["x-amz-signature", "x-goog-signature", "x-oss-signature", "signature", "sig"];

/** Of one test file: each has modules of its own. */
const noted = new Set<string>();

/** Remembers a signature, or another secret of a test, that must not be found in clear when its stack has ended. */
export function noteSignature(text: string): void {
  if (text.length < MIN_LENGTH) throw new Error(`${text} is too short to be told from chance`);
  noted.add(text);
}

/** Remembers the signatures of a link, and of the links in its parameters; returns the link. What is no URL has none. */
export function noteSignaturesOf(link: string): string {
  if (!URL.canParse(link)) return link;
  for (const [name, value] of new URL(link).searchParams) {
    if (NAMES.includes(name.toLowerCase()) && value.length >= MIN_LENGTH) noteSignature(value);
    if (/^https?:/.test(value)) noteSignaturesOf(value);
  }
  return link;
}

/** What was noted so far, each in every spelling in which text may hold it. */
export function notedSignatures(): readonly string[] {
  return [...new Set([...noted].flatMap(spellings))];
}

/** As it is, and percent-encoded once and twice, with hexadecimal digits of either case. */
function spellings(text: string): string[] {
  const once = encodeURIComponent(text);
  const twice = encodeURIComponent(once);
  return [text, ...[once, twice].flatMap((encoded) => [encoded, lowerHex(encoded)])];
}

function lowerHex(encoded: string): string {
  return encoded.replace(/%(?:25)*[0-9A-F]{2}/g, (byte) => byte.toLowerCase());
}
