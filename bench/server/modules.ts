import { readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { list, text } from "./capnp.ts";

/** The modules of a built Worker in capnp's text: the entry first, then those that lie beside and below it. */
export function modulesOf({ path }: { readonly path: string }, alone = false): string {
  const folder = dirname(path);
  const others = alone ? [] : modulesBelow(folder).filter((other) => other !== path);
  const module = (file: string) => `(name = ${text(relative(folder, file))}, esModule = embed ${text(file)})`;
  return list([path, ...others].map(module));
}

function modulesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.m?js$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}
