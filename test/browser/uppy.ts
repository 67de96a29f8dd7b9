import { beforeAll, expect, it } from "vitest";
import { esbuild } from "../../src/console/build/bundler.ts";
import { cuttingProxy } from "../system/front-door/uploads/cutting-proxy.ts";
import { content, sha256, storedFile } from "../system/front-door/uploads/uploading.ts";
import { manage } from "../system/stack/requests.ts";
import { allowPages, type Site } from "./site.ts";

const MIB = 2 ** 20;
const BYTES = 60 * MIB + 7;
const SEED = 8;

/** Uppy as an application bundles it. */
async function uppyScript(): Promise<string> {
  const contents =
    'import Core from "@uppy/core"; import Tus from "@uppy/tus"; Object.assign(globalThis, { Core, Tus });';
  const options = { bundle: true, format: "iife", write: false, logLevel: "silent" } as const;
  const { outputFiles } = await esbuild.build({ stdin: { contents, resolveDir: import.meta.dirname }, ...options });
  return outputFiles[0]?.text ?? "";
}

/** Runs in a page: uploads bytes that no two places share, and tells where to. It knows nothing but its argument. */
async function uploadByUppy(wish: { endpoint: string; token: string; bytes: number; seed: number }): Promise<string> {
  const { Core, Tus } = globalThis as unknown as {
    Core: new () => UppyLike;
    Tus: unknown;
  };
  const words = new Uint32Array(Math.ceil(wish.bytes / 4));
  for (let index = 0; index < words.length; index += 1) {
    words[index] = Math.imul(index + wish.seed * 7919, 2_654_435_761);
  }
  const data = new File([new Uint8Array(words.buffer, 0, wish.bytes)], "film.mp4", { type: "video/mp4" });
  const uppy = new Core().use(Tus, {
    endpoint: wish.endpoint,
    headers: { Authorization: `Bearer ${wish.token}` },
    retryDelays: Array(20).fill(500),
  });
  uppy.addFile({ name: data.name, type: data.type, data });
  const { successful = [], failed = [] } = await uppy.upload();
  return successful[0]?.uploadURL ?? `failed: ${failed[0]?.error}`;
}

type UppyLike = {
  use(plugin: unknown, options: object): UppyLike;
  addFile(file: object): void;
  upload(): Promise<{ successful?: { uploadURL?: string }[]; failed?: { error?: string }[] }>;
};

/** Uppy in a page of another origin, with a token of the customer's server. */
export function uppy({ stack, pages, open }: Site): void {
  let token = "";
  beforeAll(async () => {
    await allowPages(stack(), [pages().url]);
    await manage(stack(), "/link-keys", { method: "POST" });
    const body = { user_id: "user123", user_role: "creator", content_type: "video/*", max_size: BYTES };
    token = ((await (await manage(stack(), "/api/upload/token", { body })).json()) as { token: string }).token;
  });

  it("uploads a file over a wire that is cut five times", async () => {
    const proxy = await cuttingProxy(stack().api, 9 * MIB, 5);
    try {
      const page = await open(pages().url);
      await page.addScriptTag({ content: await uppyScript() });
      const url = await page.evaluate(uploadByUppy, {
        endpoint: `${proxy.url}/files/`,
        token,
        bytes: BYTES,
        seed: SEED,
      });
      const unique = /-([0-9a-f]{8})-/.exec(url)?.[1];
      expect([url, proxy.cuts()]).toEqual([expect.stringContaining(proxy.url), 5]);
      const day = new Date().toISOString().slice(0, 10).replaceAll("-", "");
      const stored = await storedFile(stack(), `creator/user123/${day}/video/film-${unique}.mp4`);
      expect(sha256(stored ?? new Uint8Array())).toBe(sha256(content(BYTES, SEED)));
    } finally {
      await proxy.stop();
    }
  });
}
