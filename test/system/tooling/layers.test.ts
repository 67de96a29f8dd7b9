import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { binary, ROOT, startNode } from "./command.ts";

/** What the second run of `tsc` sees, and what a wrong import could lead to. */
const SOURCES = ["core", "ports", "app", "platform"];
let tree: string;

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), "snapbyte-layers-"));
  mkdirSync(join(tree, "src"));
  for (const layer of SOURCES) cpSync(join(ROOT, "src", layer), join(tree, "src", layer), { recursive: true });
  cpSync(join(ROOT, "tsconfig.json"), join(tree, "tsconfig.json"));
  symlinkSync(join(ROOT, "node_modules"), join(tree, "node_modules"));
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

/** Runs the second `tsc` over a copy of the tree with one more file in it. */
async function check(path: string, source: string): Promise<{ code: number | null; output: string }> {
  const file = join(tree, path);
  writeFileSync(file, source);
  const tsc = startNode([binary("typescript", "bin/tsc"), "-p", "src/core"], { cwd: tree });
  const code = await tsc.ended;
  rmSync(file);
  return { code, output: tsc.output() };
}

test("the second tsc is content with the tree as it is", async () => {
  expect(await check("src/core/extra.ts", "export const extra = 1;\n")).toEqual({ code: 0, output: "" });
}, 60_000);

test.each([
  ["src/core/extra.ts", "export type Extra = KVNamespace;\n", "KVNamespace"],
  ["src/ports/extra.ts", "export type Extra = { bucket: R2Bucket };\n", "R2Bucket"],
  ["src/app/extra.ts", "export const extra = (ctx: ExecutionContext) => ctx;\n", "ExecutionContext"],
  [
    "src/app/extra.ts",
    'import { waitUntil } from "cloudflare:workers";\nexport { waitUntil };\n',
    "cloudflare:workers",
  ],
  ["src/core/extra.ts", "export const extra = process.env;\n", "process"],
])(
  "the second tsc rejects %s with %j",
  async (path, source, culprit) => {
    const { code, output } = await check(path, source);
    expect(code).not.toBe(0);
    expect(output).toContain(`${path}(`);
    expect(output).toContain(culprit);
  },
  60_000,
);

test("the second tsc rejects an adapter that core imports", async () => {
  const source = 'import { kvEntryIndex } from "../platform/cloudflare/kv-entry-index.ts";\nexport { kvEntryIndex };\n';
  const { code, output } = await check("src/core/extra.ts", source);
  expect(code).not.toBe(0);
  expect(output).toContain("src/platform/cloudflare/kv-entry-index.ts(");
}, 60_000);
