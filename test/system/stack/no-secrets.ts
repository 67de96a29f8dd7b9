import { relative } from "node:path";
import { searchFiles } from "./search-files.ts";
import { notedSignatures } from "./signatures.ts";

/** A leak shows in the first few as well as in all. */
const SHOWN = 10;

/**
 * Looks for every signature that the tests of this file have noted, in every file of a stack's state: what KV, R2, the
 * Durable Objects, the cache and Postgres keep, and the logs. Rejects when it finds one.
 */
export async function expectNoSecrets(state: string): Promise<void> {
  const findings = await searchFiles(state, notedSignatures());
  if (findings.length === 0) return;
  const lines = findings.slice(0, SHOWN).map(({ file, text, before }) => {
    return `  ${text} in ${relative(state, file)}, behind ${JSON.stringify(before)}`;
  });
  throw new Error([`secrets rest in clear, ${findings.length} times:`, ...lines].join("\n"));
}
