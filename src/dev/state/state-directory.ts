import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { StackError } from "../stack-error.ts";

/** Makes the state directory, for this user only and, wherever it lies, not for git; what it holds is kept. */
export async function makeStateDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(join(directory, ".gitignore"), "*\n");
}

/** Empties a state directory, and refuses to empty any other. */
export async function wipeStateDirectory(directory: string): Promise<void> {
  if (!existsSync(directory)) return;
  const names = await readdir(directory);
  if (names.every((name) => name === ".gitignore")) return;
  if (!names.includes("secrets.json")) {
    throw new StackError(`${directory} holds something else than a local stack: --fresh leaves it alone.`);
  }
  await Promise.all(names.map((name) => rm(join(directory, name), { recursive: true, force: true })));
}
