import { setTimeout as sleep } from "node:timers/promises";
import { cuttingProxy } from "../system/front-door/uploads/cutting-proxy.ts";
import { content, sha256 } from "../system/front-door/uploads/uploading.ts";
import { manage } from "../system/stack/requests.ts";
import type { SoakStack } from "./soak-stack.ts";

/** What a client of tus is given to upload, and where. */
export type CutFile = {
  /** The whole of it: {@link content} of these bytes and this seed. */
  readonly bytes: number;
  readonly seed: number;
  /** Hex. It is not completed with another digest. */
  readonly sha256: string;
  readonly endpoint: string;
  readonly token: string;
  /** How long to wait before each new try, in ms: the Workers start anew meanwhile. */
  readonly retryDelays: readonly number[];
};

/** Uploads it and tells its address. */
export type CutClient = (file: CutFile, soak: SoakStack) => Promise<string>;

const RETRY_DELAYS = Array<number>(60).fill(1_000);

/**
 * Has a client upload a file over a wire that is cut so often, and kills the Workers half way. Tells how many bytes were
 * sent, after how many a connection was cut, and what is wrong with the end of it; `null`: nothing.
 */
export async function cutUpload(
  client: CutClient,
  { bytes, seed, cuts }: { bytes: number; seed: number; cuts: number },
  soak: SoakStack,
): Promise<{ sentBytes: number; cutAfter: number; fault: string | null }> {
  const { api, apiKey: token } = soak.stack();
  const cutAfter = Math.floor(bytes / (cuts + 2));
  const proxy = await cuttingProxy(api, cutAfter, cuts);
  try {
    const file = { bytes, seed, sha256: sha256(content(bytes, seed)), token, retryDelays: RETRY_DELAYS };
    let ended = false;
    const kill = async () => {
      while (proxy.sent() < bytes / 2 && !ended) await sleep(10);
      await soak.crash();
      await soak.restart();
    };
    const uploaded = client({ ...file, endpoint: `${proxy.url}/files/` }, soak).finally(() => {
      ended = true;
    });
    const [url] = await Promise.all([uploaded, kill()]);
    const told = await manage(soak.stack(), `/api/upload/${url.split("/").at(-1)}/status`);
    const { status, bytes_uploaded } = (await told.json()) as { status?: string; bytes_uploaded?: number };
    const isWhole = status === "completed" && bytes_uploaded === bytes && proxy.cuts() === cuts;
    const fault = isWhole ? null : `${url}: ${status}, ${bytes_uploaded} bytes, ${proxy.cuts()} cuts`;
    return { sentBytes: proxy.sent(), cutAfter, fault };
  } finally {
    await proxy.stop();
  }
}
