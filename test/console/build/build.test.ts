import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { buildAssets } from "../../../src/console/build/assets.ts";
import { buildDocuments, documentOf } from "../../../src/console/build/documents.ts";
import { figuresOf, readFigures } from "../../../src/console/build/figures.ts";
import { renderMarkdown } from "../../../src/console/build/markdown.ts";

describe("Markdown", () => {
  it("shows HTML as text, and follows no link that runs something", () => {
    const { html } = renderMarkdown(
      "# A\n\n<script>alert(1)</script> <b onclick=x>b</b>\n\n[a](javascript:alert(1)) ![i](data:text/html;x) [v](vbscript:x)\n",
    );
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html).not.toMatch(/<(?:script|b|img)\b|href="(?:javascript|data|vbscript)/i);
  });

  it("gives every heading an anchor of its own, as GitHub names it", () => {
    const { html, headings } = renderMarkdown("# Title\n\n## What it `costs`\n\n## What it costs\n\n### Über & out!\n");
    expect(headings.map(({ level, id, text }) => [level, id, text])).toEqual([
      [1, "title", "Title"],
      [2, "what-it-costs", "What it costs"],
      [2, "what-it-costs-1", "What it costs"],
      [3, "über--out", "Über & out!"],
    ]);
    expect(html).toContain('<h2 id="what-it-costs-1">What it costs<a class="anchor" href="#what-it-costs-1"');
    expect(html).not.toContain('href="#title"');
  });

  it.each([
    ["docs/delivery.md", "/docs/delivery"],
    ["delivery.md#caches", "/docs/delivery#caches"],
    ["../README.md#deploy", "/docs/start#deploy"],
    ["README.md", "/docs/start"],
    ["src/README.md", "/docs"],
    ["bench/RESULTS.md", "/docs"],
    ["../LICENSE", "/docs"],
    ["#here", "#here"],
    ["https://example.com/x", "https://example.com/x"],
  ])("a link to %s leads to %s", (from, to) => {
    expect(renderMarkdown(`[a](${from})`).html).toContain(`href="${to}"`);
  });

  it("lets wide tables and code scroll by keyboard, too", () => {
    const { html } = renderMarkdown("| a | b |\n| - | - |\n| 1 | 2 |\n\n```sh\nls\n```\n");
    expect(html).toMatch(/<section class="table-scroll" tabindex="0" aria-label="Table 1"><table>/);
    expect(html).toContain('<th scope="col">a</th>');
    expect(html).toContain('<pre tabindex="0"><code class="language-sh">ls');
  });
});

describe("the documents", () => {
  it("are README and all of docs/, each with a title, a summary and headings", async () => {
    const documents = await buildDocuments();
    expect(documents.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["start", "delivery", "signed-links", "operations"]),
    );
    for (const { title, summary, headings } of documents) {
      expect(title).not.toBe("");
      expect(summary).not.toBe("");
      expect(headings.length).toBeGreaterThan(1);
    }
  });

  it("link to nothing that is not there", async () => {
    const documents = await buildDocuments();
    const known = new Map(documents.map(({ name, headings }) => [name, new Set(headings.map(({ id }) => id))]));
    for (const { html } of documents) {
      for (const [, name = "", anchor] of html.matchAll(/href="\/docs\/([\w-]+)(?:#([^"]+))?"/g)) {
        expect(known.has(name), name).toBe(true);
        if (anchor) expect([...(known.get(name) ?? [])]).toContain(anchor);
      }
    }
  });

  it("without a title are refused", () => {
    expect(() => documentOf("docs/x.md", "No title\n")).toThrow("docs/x.md does not begin with a title");
  });
});

describe("the figures", () => {
  it("are those of bench/RESULTS.md", async () => {
    const figures = await readFigures();
    for (const value of Object.values(figures)) expect(value).toMatch(/^[\d.-]+$/);
  });

  it("are refused when a table does not have them any more", () => {
    expect(() => figuresOf("## A hit\n\n| | ratio |\n| - | - |\n| bare | 1.00 |\n")).toThrow(
      "bench/RESULTS.md does not say",
    );
  });
});

describe("the assets", () => {
  it("have names by their bytes, and are the same every time", async () => {
    const [one, other] = [await buildAssets(), await buildAssets()];
    expect(one).toEqual(other);
    expect(Object.keys(one).sort()).toEqual(["charts.css", "charts.js", "console.css", "console.js", "icon.svg"]);
    for (const { path } of Object.values(one)) expect(path).toMatch(/^\/assets\/\w+-[0-9a-f]{10}\.(?:css|js|svg)$/);
  });

  it("name no other host, and hold no source of ours that is not meant for browsers", async () => {
    for (const { gzip } of Object.values(await buildAssets())) {
      const text = gunzipSync(Buffer.from(gzip, "base64")).toString("utf8");
      expect(text.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:\/\/(?!\$)/);
      expect(text).not.toMatch(/sourceMappingURL|eval\(|new Function/);
    }
  });
});
