import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Document } from "../built.ts";
import { ROOT } from "./bundler.ts";
import { renderMarkdown } from "./markdown.ts";

/** What comes first; the rest of docs/ follows in the order of its names. */
const FIRST = ["README.md", "docs/delivery.md", "docs/signed-links.md", "docs/operations.md"];

/** README and docs/ as pages. A document that does not begin with a title throws. */
export async function buildDocuments(): Promise<Document[]> {
  const inDocs = (await readdir(join(ROOT, "docs")))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`);
  const files = [...FIRST, ...inDocs.sort().filter((file) => !FIRST.includes(file))];
  return await Promise.all(files.map(async (file) => documentOf(file, await readFile(join(ROOT, file), "utf8"))));
}

export function documentOf(file: string, markdown: string): Document {
  const { html, headings, summary } = renderMarkdown(markdown);
  const [title, ...rest] = headings;
  if (title?.level !== 1) throw new Error(`${file} does not begin with a title`);
  const isReadme = file === "README.md";
  return {
    name: isReadme ? "start" : (file.split("/").at(-1) ?? file).replace(/\.md$/, ""),
    title: isReadme ? "Getting started" : title.text,
    summary,
    headings: rest.filter(({ level }) => level <= 3),
    html,
  };
}
