import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Figures } from "../built.ts";
import { ROOT } from "./bundler.ts";

/** What the site shows of bench/RESULTS.md. Throws when a row is not there any more: no figure is made up. */
export async function readFigures(): Promise<Figures> {
  return figuresOf(await readFile(join(ROOT, "bench/RESULTS.md"), "utf8"));
}

export function figuresOf(markdown: string): Figures {
  const cell = (heading: string, row: string, column: string) => cellOf(markdown, heading, row, column);
  return {
    warmHit: cell("What a million of them cost", "warm hit", "in all"),
    coldHit: cell("What a million of them cost", "cold hit", "in all"),
    miss: cell("What a million of them cost", "miss", "in all"),
    hitRatio: cell("A hit", "hit-edge", "ratio"),
    hitAddedMs: cell("A hit", "hit-edge", "added ms"),
    streamMs: cell("The first byte of a download", "/proxy", "first byte, median ms"),
    originMs: cell("The first byte of a download", "origin itself", "first byte, median ms"),
    nginxShare: cell("A download", "/f/ 100MiB", "of nginx"),
    date: /\b(\d{4}-\d{2}-\d{2})\b/.exec(markdown)?.[1] ?? missing("the date"),
  };
}

/** The cell of a table beneath a heading that begins so, by the names of its row and column. */
function cellOf(markdown: string, heading: string, row: string, column: string): string {
  const section = markdown.split(/^## /m).find((part) => part.startsWith(heading)) ?? missing(heading);
  const lines = section
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map(cells);
  const head = lines.findIndex((line) => line.includes(column));
  const at = lines[head]?.indexOf(column) ?? -1;
  return lines.slice(head + 1).find(([name]) => name === row)?.[at] ?? missing(`${heading}, ${row}, ${column}`);
}

function cells(line: string): string[] {
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function missing(what: string): never {
  throw new Error(`bench/RESULTS.md does not say: ${what}`);
}
