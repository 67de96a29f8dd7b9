import { globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../src", import.meta.url));
const MAX_LINES = 300;

/** What a layer may import: layers of ours (or one folder of a layer), and packages. Its own layer is always allowed. */
type Arrows = { readonly ours: readonly string[]; readonly packages: RegExp };

const NONE = /^$/;
/** Packages that need neither a runtime nor a vendor. */
const PURE = /^zod$/;
const ANY = /./;

const LAYERS: Readonly<Record<string, Arrows>> = {
  core: { ours: [], packages: PURE },
  ports: { ours: ["core"], packages: PURE },
  app: { ours: ["core", "ports"], packages: PURE },
  platform: { ours: ["core", "ports"], packages: ANY },
  api: { ours: ["core", "ports", "app"], packages: ANY },
  consumer: { ours: ["core", "ports", "app"], packages: ANY },
  console: { ours: ["core", "sdk"], packages: ANY },
  sdk: { ours: [], packages: NONE },
  cli: { ours: ["core", "sdk", "platform/postgres", "../migrations"], packages: ANY },
};

/** A door meets the platform where it composes, and where it exports the Durable Object that Cloudflare looks for. */
const COMPOSES = /^(?:api|consumer)\/compose(?:-[a-z]+)?\.ts$/;
const EXPORTS_OBJECT = /^(?:api|consumer)\/worker\.ts$/;

const IMPORT = /^[ \t]*(import|export)\b(?:[^"'`;]*?\bfrom)?\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm;

/** What is wrong with the imports of a file; `file` is its path inside src. */
function wrongImports(file: string, text: string): string[] {
  const [layer = ""] = file.split("/");
  if (layer === "dev") return [];
  const arrows = LAYERS[layer];
  if (!arrows) return [`${file}: ${layer} is no layer; name it in this test and say what it may import`];
  return [...text.matchAll(IMPORT)].flatMap(([, keyword, from, dynamic]) => {
    const specifier = from ?? dynamic ?? "";
    const wrong = (rule: string) => [`${file} imports ${specifier}: ${rule}`];
    if (!specifier.startsWith(".")) {
      return arrows.packages.test(specifier) ? [] : wrong(`${layer} may not import this package`);
    }
    const target = posix.join(posix.dirname(file), specifier);
    const inside = (folder: string) => target.startsWith(`${folder}/`);
    if (inside(layer) || arrows.ours.some(inside)) return [];
    if (inside("platform") && (COMPOSES.test(file) || (EXPORTS_OBJECT.test(file) && keyword === "export"))) return [];
    if (inside("platform") && /^(?:api|consumer)$/.test(layer)) return wrong("a door meets platform in its compose.ts");
    return wrong(`${layer} may only import ${arrows.ours.join(", ") || "nothing of ours"}`);
  });
}

const FILES = globSync("**/*.{ts,tsx}", { cwd: SRC })
  .filter((file) => !file.endsWith(".d.ts"))
  .map((file) => ({ file: file.replaceAll("\\", "/"), text: readFileSync(`${SRC}/${file}`, "utf8") }));

describe("the house", () => {
  it("has no arrow that its plan does not show", () => {
    expect(FILES.length).toBeGreaterThan(20);
    expect(FILES.flatMap(({ file, text }) => wrongImports(file, text))).toEqual([]);
  });

  it(`has no file of more than ${MAX_LINES} lines, the database schema excepted`, () => {
    const long = FILES.filter(
      ({ file, text }) => text.split("\n").length > MAX_LINES + 1 && !file.endsWith("/schema.ts"),
    );
    expect(long.map(({ file }) => file)).toEqual([]);
  });
});

describe("the check itself", () => {
  it.each([
    ["core/a.ts", 'import { b } from "../ports/b.ts";', "nothing of ours"],
    ["core/a.ts", 'import type { b } from "../ports/b.ts";', "nothing of ours"],
    ["core/a.ts", 'import {\n  b,\n  c,\n} from "../app/b.ts";', "nothing of ours"],
    ["core/http/a.ts", 'export * from "../../ports/b.ts";', "nothing of ours"],
    ["core/a.ts", 'import "node:fs";', "package"],
    ["core/a.ts", 'const b = await import("../app/b.ts");', "nothing of ours"],
    ["core/a.ts", 'import { b } from "aws4fetch";', "package"],
    ["ports/a.ts", 'import { env } from "cloudflare:workers";', "package"],
    ["ports/a.ts", "import { b } from '../app/b.ts';", "only import core"],
    ["app/a.ts", 'import { b } from "../platform/http/b.ts";', "only import core, ports"],
    ["app/a.ts", 'import { readFile } from "node:fs/promises";', "package"],
    ["platform/http/a.ts", 'import { b } from "../../app/b.ts";', "only import core, ports"],
    ["platform/http/a.ts", 'import { b } from "../../api/b.ts";', "only import core, ports"],
    ["api/routes/a.ts", 'import { b } from "../../platform/http/b.ts";', "compose.ts"],
    ["api/routes/compose.ts", 'import { b } from "../../platform/http/b.ts";', "compose.ts"],
    ["api/worker.ts", 'import { b } from "../platform/http/b.ts";', "compose.ts"],
    ["api/a.ts", 'import { b } from "../consumer/b.ts";', "only import core, ports, app"],
    ["consumer/a.ts", 'import { b } from "../api/b.ts";', "only import core, ports, app"],
    ["console/a.ts", 'import { b } from "../ports/b.ts";', "only import core, sdk"],
    ["sdk/a.ts", 'import { b } from "../core/b.ts";', "nothing of ours"],
    ["sdk/a.ts", 'import { z } from "zod";', "package"],
    ["cli/a.ts", 'import { b } from "../platform/cloudflare/b.ts";', "only import core, sdk"],
    ["api/a.ts", 'import { b } from "../dev/b.ts";', "only import core"],
    ["new/a.ts", "", "is no layer"],
  ])("finds in %s the wrong %j", (file, text, rule) => {
    expect(wrongImports(file, text)).toEqual([expect.stringContaining(rule)]);
    expect(wrongImports(file, text)[0]).toContain(file);
  });

  it.each([
    ["core/http/a.ts", 'import { z } from "zod";\nimport { b } from "../b.ts";\nimport { c } from "./c.ts";'],
    ["app/a.ts", 'import { b } from "../core/b.ts";\nimport type { c } from "../ports/c.ts";'],
    ["platform/cloudflare/a.ts", 'import { env } from "cloudflare:workers";\nimport { b } from "../../ports/b.ts";'],
    ["api/compose.ts", 'import { b } from "../platform/http/b.ts";\nimport { c } from "../app/c.ts";'],
    ["consumer/worker.ts", 'export { FillGateObject } from "../platform/cloudflare/fill-gate-object.ts";'],
    ["cli/migrate.ts", 'import { b } from "../platform/postgres/b.ts";\nimport { readFile } from "node:fs/promises";'],
    ["dev/a.ts", 'import { b } from "../api/b.ts";'],
    ["core/a.ts", '/** from "../app/b.ts" */\nexport const a = 1;\nthrow new Error("import it from elsewhere");'],
  ])("finds nothing wrong in %s: %j", (file, text) => {
    expect(wrongImports(file, text)).toEqual([]);
  });
});
