import { beforeAll, expect, it } from "vitest";
import { cuttingProxy } from "../system/front-door/uploads/cutting-proxy.ts";
import { content, sha256, storedFile } from "../system/front-door/uploads/uploading.ts";
import { manage } from "../system/stack/requests.ts";
import { allowPages, type Site } from "./site.ts";
import { uploadByUppy } from "./upload-by-uppy.ts";

const MIB = 2 ** 20;
const BYTES = 60 * MIB + 7;
const SEED = 8;

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
      const wish = { bytes: BYTES, seed: SEED, retryDelays: Array<number>(20).fill(500), meta: {} };
      const url = await uploadByUppy(page, { endpoint: `${proxy.url}/files/`, token, ...wish });
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
