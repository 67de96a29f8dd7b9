import { gzipSync } from "node:zlib";
import type { Built } from "../../src/cli/build-api.ts";

/** What is read and run before the first request: the entry, and all that it imports. */
export type Entry = {
  /** File names, the entry's first. */
  readonly modules: readonly string[];
  /** The packages and rooms (folders of src) that they were made of, in the order of the alphabet. */
  readonly rooms: readonly string[];
  /** Paths of all sources that they were made of. */
  readonly sources: readonly string[];
  /** Bytes of all of them together. */
  readonly gzipBytes: number;
};

export function entryOf({ outputFiles, metafile: { outputs } }: Built): Entry {
  const files = new Map(outputFiles.map(({ path, contents }) => [nameOf(path), contents]));
  const entry = Object.keys(outputs).find((path) => outputs[path]?.entryPoint?.endsWith("/worker.ts"));
  const reached = new Set(entry === undefined ? [] : [entry]);
  for (const path of reached) {
    // What is loaded later is a "dynamic-import".
    const imported = outputs[path]?.imports.filter(({ kind }) => kind === "import-statement") ?? [];
    for (const { path: next } of imported) if (outputs[next]) reached.add(next);
  }
  const modules = [...reached].map(nameOf);
  const sources = [...reached].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
  const bytes = Buffer.concat(modules.map((name) => files.get(name) ?? new Uint8Array()));
  const rooms = [...new Set(sources.map(roomOf))].toSorted();
  return { modules, rooms, sources, gzipBytes: gzipSync(bytes).length };
}

/** `package zod`, or the folder of one of our own files, such as `core/http`. */
export function roomOf(source: string): string {
  const inside = source.split("node_modules/").at(-1) ?? "";
  if (inside !== source) return `package ${/^(?:@[^/]+\/)?[^/]+/.exec(inside)?.[0]}`;
  return source.replace(/^src\//, "").replace(/\/[^/]*$/, "");
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
