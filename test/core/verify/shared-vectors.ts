import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const FOLDER = new URL("../../../../shared/vectors/", import.meta.url);
/** These may be copied, and are. */
const COPIED: Readonly<Record<string, URL>> = {
  "sdk_made_urls.json": new URL("../origin-url/sdk-made-urls.json", import.meta.url),
};

/**
 * Runs `tests` on a file of published vectors. Most lie beside this checkout where it is developed, and nowhere else:
 * without them a passing test, and a line on the console, names what was left out.
 */
export function withVectors<File>(name: string, tests: (file: File) => void): void {
  const text = read(name);
  if (text === null) {
    console.log(`left out: the vectors of ${name} are not beside this checkout`);
    test(`left out: ${name}`, () => {
      expect(text).toBeNull();
    });
  } else {
    tests(JSON.parse(text));
  }
}

function read(name: string): string | null {
  try {
    return readFileSync(COPIED[name] ?? new URL(name, FOLDER), "utf8");
  } catch {
    return null;
  }
}
