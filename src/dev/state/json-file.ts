import { readFile, rename, writeFile } from "node:fs/promises";
import type { z } from "zod";

/** The content of a JSON file of this shape, or `null` when there is none, or it is of another. */
export async function readJson<T>(path: string, shape: z.ZodType<T>): Promise<T | null> {
  try {
    return shape.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return null;
  }
}

/** Writes a JSON file for this user's eyes only; who reads it finds all of it or none. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}
