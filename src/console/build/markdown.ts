import MarkdownIt from "markdown-it";
import type { Heading } from "../built.ts";

export type Rendered = {
  readonly html: string;
  readonly headings: readonly Heading[];
  /** The first paragraph, as text. */
  readonly summary: string;
};

/**
 * Markdown as HTML. HTML in it is shown as text, and links of schemes that run something are left out, both by the library:
 * so nothing has to be cleaned afterwards. Every heading has an anchor, every table a region that scrolls.
 */
export function renderMarkdown(markdown: string): Rendered {
  const md = new MarkdownIt({ html: false, linkify: false, typographer: false });
  const tokens = md.parse(markdown, {});
  const headings: Heading[] = [];
  const taken = new Map<string, number>();
  let summary = "";
  for (const [at, token] of tokens.entries()) {
    const inner = tokens[at + 1];
    if (token.type === "heading_open" && inner) {
      const text = textOf(inner);
      const id = idOf(text, taken);
      token.attrSet("id", id);
      headings.push({ level: Number(token.tag.slice(1)), id, text });
    }
    if (token.type === "paragraph_open" && summary === "" && inner) summary = textOf(inner);
    for (const child of token.children ?? []) if (child.type === "link_open") mendLink(child);
  }
  md.renderer.rules.heading_close = (all, at) => {
    const open = all.slice(0, at).findLast(({ type }) => type === "heading_open");
    const id = open?.attrGet("id") ?? "";
    const anchor = `<a class="anchor" href="#${id}" aria-label="Link to this section">#</a>`;
    return all[at]?.tag === "h1" ? "</h1>" : `${anchor}</${all[at]?.tag}>`;
  };
  let table = 0;
  md.renderer.rules.table_open = () => {
    table += 1;
    return `<section class="table-scroll" tabindex="0" aria-label="Table ${table}"><table>`;
  };
  md.renderer.rules.table_close = () => "</table></section>";
  md.renderer.rules.th_open = () => '<th scope="col">';
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (...rest) => (fence?.(...rest) ?? "").replace("<pre>", '<pre tabindex="0">');
  return { html: md.renderer.render(tokens, md.options, {}), headings, summary };
}

type Token = ReturnType<InstanceType<typeof MarkdownIt>["parse"]>[number];

function textOf(inline: Token): string {
  return (inline.children ?? []).map(({ content, type }) => (type === "softbreak" ? " " : content)).join("");
}

/** As it would stand on GitHub: lower case, blanks to hyphens, a number at the second one of the same name. */
function idOf(text: string, taken: Map<string, number>): string {
  const base =
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, "")
      .trim()
      .replace(/\s/g, "-") || "section";
  const before = taken.get(base) ?? 0;
  taken.set(base, before + 1);
  return before === 0 ? base : `${base}-${before}`;
}

/** Files that are no page lie in the repository only: what named one leads to the list of pages. */
function mendLink(link: Token): void {
  const href = String(link.attrGet("href") ?? "");
  if (/^(?:https?:|mailto:|#)/.test(href)) return;
  const [, name, anchor = ""] = /^(?:\.\.?\/)?(?:docs\/)?([\w-]+)\.md(#.*)?$/.exec(href) ?? [];
  if (!name || href.startsWith("src/") || href.startsWith("bench/")) link.attrSet("href", "/docs");
  else link.attrSet("href", `/docs/${name === "README" ? "start" : name}${anchor}`);
}
