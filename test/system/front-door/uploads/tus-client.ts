import { Upload, type UploadOptions } from "tus-js-client";
import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { cuttingProxy } from "./cutting-proxy.ts";
import { content, sha256, storedFile } from "./uploading.ts";

const MIB = 2 ** 20;
const METADATA = { filename: "film.mp4", filetype: "video/mp4", user_id: "user123", user_role: "creator" };

/** Uploads as an application does with that client, and returns where to. */
async function upload(
  api: string,
  { apiKey }: Stack,
  file: Uint8Array<ArrayBuffer>,
  options: Partial<UploadOptions> = {},
): Promise<string> {
  return await new Promise((resolve, reject) => {
    const sending = new Upload(Buffer.from(file), {
      ...{ endpoint: `${api}/files/`, headers: { Authorization: `Bearer ${apiKey}` }, metadata: METADATA },
      retryDelays: Array<number>(20).fill(500),
      onError: reject,
      onSuccess: () => resolve(sending.url ?? ""),
      ...options,
    });
    sending.start();
  });
}

/** What lies in the store of that upload. */
async function stored(stack: Stack, url: string): Promise<Uint8Array> {
  const unique = /-([0-9a-f]{8})-/.exec(new URL(url).pathname)?.[1];
  const day = new Date().toISOString().slice(0, 10).replaceAll("-", "");
  return (await storedFile(stack, `creator/user123/${day}/video/film-${unique}.mp4`)) ?? new Uint8Array();
}

export function tusClient(stack: () => Stack): void {
  it.each<[string, number, Partial<UploadOptions>]>([
    ["one body", 12 * MIB + 7, {}],
    ["bodies of 3 MiB", 7 * MIB + 7, { chunkSize: 3 * MIB }],
    ["the first bytes with the creation", 6 * MIB, { uploadDataDuringCreation: true }],
    ["three uploads at once, which become one", 11 * MIB, { parallelUploads: 3, metadataForPartialUploads: METADATA }],
    ["nothing at all", 0, {}],
  ])("uploads a file in %s", async (_, size, options) => {
    const file = content(size, 5);
    expect(sha256(await stored(stack(), await upload(stack().api, stack(), file, options)))).toBe(sha256(file));
  });

  it("uploads a file over a wire that is cut five times", async () => {
    const file = content(40 * MIB, 6);
    const proxy = await cuttingProxy(stack().api, 7 * MIB, 5);
    try {
      const url = await upload(proxy.url, stack(), file);
      expect(proxy.cuts()).toBe(5);
      // Each cut costs what was on its way, and not what had come before.
      expect(proxy.sent()).toBeLessThan(file.length + 5 * 5 * MIB);
      expect(sha256(await stored(stack(), url))).toBe(sha256(file));
    } finally {
      await proxy.stop();
    }
  });
}
