/** Whether the pattern fits the whole text; `*` stands for any characters or none, `?` for exactly one. */
export function matchesWildcard(pattern: string, text: string): boolean {
  let inPattern = 0;
  let inText = 0;
  // Where to go on when the last `*` has to take one character more. Only the last one matters, so no input takes more
  // than the product of both lengths.
  let star = -1;
  let taken = 0;
  while (inText < text.length) {
    const wanted = pattern[inPattern];
    if (wanted === "*") {
      star = inPattern++;
      taken = inText;
    } else if (wanted === "?" || wanted === text[inText]) {
      inPattern++;
      inText++;
    } else if (star >= 0) {
      inPattern = star + 1;
      inText = ++taken;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(inPattern));
}
