import { Upload } from "tus-js-client";
import { cuttingProxy } from "../system/front-door/uploads/cutting-proxy.ts";
import { manage } from "../system/stack/requests.ts";
import { patternBytes } from "./pattern.ts";
import type { SoakStack } from "./soak-stack.ts";
import { digestOf } from "./upload-client.ts";

/** How long the client waits before it tries again, in ms, and how often: the Workers start anew meanwhile. */
const RETRY_DELAYS = Array<number>(60).fill(1_000);

/**
 * Uploads a file by tus-js-client over a wire that is cut so often, and kills the Workers half way. Tells how many bytes
 * were sent, and what is wrong with the end of it; `null`: nothing.
 */
export async function tusUpload(version: number, { size, cuts }: { size: number; cuts: number }, soak: SoakStack) {
  const { api, apiKey } = soak.stack();
  const proxy = await cuttingProxy(api, Math.floor(size / (cuts + 2)), cuts);
  const file = Buffer.concat([...patternBytes(version, 0, size)]);
  let killed: Promise<void> | undefined;
  const kill = async () => {
    await soak.crash();
    await soak.restart();
  };
  try {
    const url = await new Promise<string>((resolve, reject) => {
      const upload = new Upload(file, {
        ...{ endpoint: `${proxy.url}/files/`, headers: { Authorization: `Bearer ${apiKey}` } },
        metadata: { filename: "film.mp4", filetype: "video/mp4", sha256: digestOf(version, size) },
        retryDelays: RETRY_DELAYS,
        onProgress(sent) {
          if (sent >= size / 2) killed ??= kill();
        },
        onError: reject,
        onSuccess: () => resolve(upload.url ?? ""),
      });
      upload.start();
    });
    await killed;
    // It would not be completed with another digest.
    const told = await manage(soak.stack(), `/api/upload/${url.split("/").at(-1)}/status`);
    const { status, bytes_uploaded } = (await told.json()) as { status: string; bytes_uploaded: number };
    const isWhole = status === "completed" && bytes_uploaded === size && proxy.cuts() === cuts;
    const fault = isWhole ? null : `${status}, ${bytes_uploaded} bytes, ${proxy.cuts()} cuts`;
    return { sentBytes: proxy.sent(), fault };
  } finally {
    await proxy.stop();
  }
}
