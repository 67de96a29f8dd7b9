/**
 * What nobody sees in a text: control characters, and what turns the direction of those behind it (Unicode, annex 9, section
 * 2), so that `exe.png` would be read of what ends in `.exe`.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** A name that somebody has given, with the unseen in it named: `⟨U+202E⟩`. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (each) => `⟨U+${each.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}
