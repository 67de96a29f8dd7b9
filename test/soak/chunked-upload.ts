import { setTimeout as sleep } from "node:timers/promises";
import { manage } from "../system/stack/requests.ts";
import { mib } from "./outcome.ts";
import type { SoakStack } from "./soak-stack.ts";
import { type Answered, type Destination, digestOf, putRange, type Sent } from "./upload-client.ts";

/** Chunks under way at once. */
export const LANES = 4;
/** How long a client waits before it tries again, in ms: the Workers start anew meanwhile. */
const PAUSE_MS = 500;

type Begun = {
  readonly upload_id: string;
  readonly chunk_size: number;
  readonly parts?: readonly { readonly index: number; readonly url: string }[];
};

/**
 * Uploads a version of so many bytes in chunks side by side, through the Worker or `direct` to the store, while the Workers
 * are killed so many times. Tells how many bytes were sent, and what is wrong with the end of it; `null`: nothing.
 */
export async function chunkedUpload(
  version: number,
  direct: boolean,
  { size, times, say }: { size: number; times: number; say: (line: string) => void },
  soak: SoakStack,
) {
  const sha256 = digestOf(version, size);
  const begun = await call<Begun>(soak, "init", { ...WISH, total_size: size, sha256, direct });
  const { upload_id, chunk_size: chunkBytes, parts = [] } = begun;
  const sent: Sent = { bytes: 0 };
  const etags = new Map<number, string>();
  const open = Array.from({ length: Math.ceil(size / chunkBytes) }, (_, index) => index);

  const lane = async () => {
    for (let index = open.shift(); index !== undefined; index = open.shift()) {
      const end = Math.min(size, (index + 1) * chunkBytes);
      for (let done = false; !done; ) {
        const to = destination(soak, begun, direct ? (parts[index]?.url ?? "") : null, index);
        const answer = to && (await putRange(version, [index * chunkBytes, end], to, sent).catch(() => null));
        done = answer?.status === 200;
        if (answer && done) etags.set(index, answer.etag);
        else await sleep(PAUSE_MS);
        if (answer && answer.status < 500 && !done) throw new Error(`chunk ${index}: ${describe(answer)}`);
      }
    }
  };
  const lanes = Promise.all(Array.from({ length: LANES }, lane));
  const killer = (async () => {
    for (let kill = 1; kill <= times; kill += 1) {
      while (sent.bytes < (kill * size) / (times + 1)) await sleep(10);
      await soak.crash();
      say(`kill ${kill}: ${mib(sent.bytes)} MiB sent, ${etags.size} chunks there`);
      await soak.restart();
    }
  })();
  await Promise.all([lanes, killer]);
  const named = [...etags].map(([index, etag]) => ({ index, etag }));
  const done = await call<{ sha256: string; size: number }>(soak, "complete", {
    upload_id,
    ...(direct && { parts: named }),
  });
  const fault = done.sha256 === sha256 && done.size === size ? null : "the store has other bytes";
  return { chunkBytes, sentBytes: sent.bytes, fault };
}

const WISH = { file_name: "film.bin", user_id: "soak", user_role: "creator", content_type: "application/zip" };

/** Where a chunk goes; `null`: nobody is there just now. */
function destination(
  { stack }: SoakStack,
  { upload_id }: Begun,
  url: string | null,
  index: number,
): Destination | null {
  if (url !== null) return { url, headers: {} };
  try {
    const { api, apiKey } = stack();
    const headers = { Authorization: `Bearer ${apiKey}`, "X-Upload-Id": upload_id, "X-Chunk-Index": String(index) };
    return { url: `${api}/api/upload/chunk`, headers };
  } catch {
    return null;
  }
}

async function call<Body>({ stack }: SoakStack, name: string, body: object): Promise<Body> {
  const response = await manage(stack(), `/api/upload/${name}`, { body });
  if (response.status !== 200) throw new Error(`${name} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Body;
}

function describe({ status, text }: Answered): string {
  return `${status} ${text.slice(0, 300)}`;
}
