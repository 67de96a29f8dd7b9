import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VECTORS } from "./vectors.ts";

/** A language whose signer stands in docs/signed-links.md, and how that signer is run over the vectors. */
export type Language = {
  /** As the document's code block is marked. */
  readonly name: string;
  /** Prints a version and ends with 0 where the language is installed. */
  readonly probe: readonly [string, ...string[]];
  /** The file that holds the document's block as it is. */
  readonly file: string;
  /** A file that reads `[{endpoint, key, fields}]` from stdin, and prints what the document's `sign` makes of each. */
  readonly driver: { readonly file: string; readonly text: string };
  /** Runs the driver in the folder that holds both files. */
  readonly run: readonly [string, ...string[]];
};

export function isInstalled({ probe: [command, ...args] }: Language): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

/** The links that the document's signer makes of all vectors. Throws what the language says when it does not run. */
export function signVectors({ name, file, driver, run: [command, ...args] }: Language): string[] {
  const folder = mkdtempSync(join(tmpdir(), "snapbyte-signer-"));
  try {
    writeFileSync(join(folder, file), codeBlock(name));
    writeFileSync(join(folder, driver.file), driver.text);
    const options = { cwd: folder, input: JSON.stringify(VECTORS.map(asked)), encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(command, args, options);
    if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
    return stdout.trim().split(/\r?\n/);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A vector as the document's signers take it: all fields text, and absent ones not there. */
function asked({ endpoint, key, site, kid, url, hash, scope, exp, nbf, ip, tags }: (typeof VECTORS)[number]) {
  const given = Object.entries({ site, kid, url, hash, scope, exp, nbf, ip, tags }).filter(
    ([, value]) => value !== null,
  );
  return { endpoint, key, fields: Object.fromEntries(given.map(([field, value]) => [field, String(value)])) };
}

/** The document's one block of code in a language. */
export function codeBlock(language: string): string {
  const document = readFileSync(new URL("../../docs/signed-links.md", import.meta.url), "utf8");
  const [block, ...more] = [...document.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"))];
  if (!block?.[1] || more.length > 0) throw new Error(`the document has not one block of ${language}`);
  return block[1];
}
