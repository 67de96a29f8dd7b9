import { createRequire } from "node:module";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "../../..");

/** What is said of it here is all that is used: https://esbuild.github.io/api/ */
type Bundler = { build(options: Readonly<Record<string, unknown>>): Promise<Bundled> };

export type Bundled = {
  readonly outputFiles: readonly { readonly path: string; readonly text: string; readonly contents: Uint8Array }[];
};

/** The bundler that wrangler builds with. */
export const esbuild: Bundler = createRequire(createRequire(import.meta.url).resolve("wrangler"))("esbuild");
