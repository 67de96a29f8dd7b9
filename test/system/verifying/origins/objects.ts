/** What every origin of these tests holds: names that are hard to spell, and text that tells them apart. */
export const OBJECTS: ReadonlyMap<string, string> = new Map([
  ["report.txt", "What the report says."],
  ["2026/summer (1)/a b+c & d.txt", "A name with a space, a plus and an ampersand."],
  ["größe/π=3,14.txt", "A name outside of ASCII."],
]);
export const KEYS: readonly string[] = [...OBJECTS.keys()];
