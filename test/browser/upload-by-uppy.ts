import type { Page } from "playwright-core";
import { esbuild } from "../../src/console/build/bundler.ts";

/** Uppy's file: bytes that no two places share, of this many bytes; `meta` is what tus is told of it. */
export type UppyWish = {
  readonly endpoint: string;
  readonly token: string;
  readonly bytes: number;
  readonly seed: number;
  readonly retryDelays: readonly number[];
  readonly meta: Readonly<Record<string, string>>;
};

type UppyLike = {
  use(plugin: unknown, options: object): UppyLike;
  addFile(file: object): void;
  upload(): Promise<{ successful?: { uploadURL?: string }[]; failed?: { error?: string }[] }>;
};

/** Uploads a file by Uppy in this page, and tells its address, or how it failed. */
export async function uploadByUppy(page: Page, wish: UppyWish): Promise<string> {
  await page.addScriptTag({ content: await uppyScript() });
  return await page.evaluate(uploadInPage, wish);
}

/** Uppy as an application bundles it. */
async function uppyScript(): Promise<string> {
  const contents =
    'import Core from "@uppy/core"; import Tus from "@uppy/tus"; Object.assign(globalThis, { Core, Tus });';
  const options = { bundle: true, format: "iife", write: false, logLevel: "silent" } as const;
  const { outputFiles } = await esbuild.build({ stdin: { contents, resolveDir: import.meta.dirname }, ...options });
  return outputFiles[0]?.text ?? "";
}

/** Runs in a page: it knows nothing but its argument. */
async function uploadInPage({ endpoint, token, bytes, seed, retryDelays, meta }: UppyWish): Promise<string> {
  const { Core, Tus } = globalThis as unknown as {
    Core: new () => UppyLike;
    Tus: unknown;
  };
  const words = new Uint32Array(Math.ceil(bytes / 4));
  for (let index = 0; index < words.length; index += 1) words[index] = Math.imul(index + seed * 7919, 2_654_435_761);
  const data = new File([new Uint8Array(words.buffer, 0, bytes)], "film.mp4", { type: "video/mp4" });
  const headers = { Authorization: `Bearer ${token}` };
  const uppy = new Core().use(Tus, { endpoint, headers, retryDelays });
  uppy.addFile({ name: data.name, type: data.type, data, meta });
  const { successful = [], failed = [] } = await uppy.upload();
  return successful[0]?.uploadURL ?? `failed: ${failed[0]?.error}`;
}
