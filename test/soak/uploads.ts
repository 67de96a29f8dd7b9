import { setTimeout as sleep } from "node:timers/promises";
import { limitUploads } from "../system/front-door/uploads/uploading.ts";
import { manage } from "../system/stack/requests.ts";
import { byTusClient, byUppy } from "./cut-clients.ts";
import { type CutClient, cutUpload } from "./cut-upload.ts";
import { watchMemory } from "./memory.ts";
import { mib, type Outcome } from "./outcome.ts";
import { inSoakStack, type SoakStack } from "./soak-stack.ts";
import { type Answered, type Destination, digestOf, putRange, type Sent } from "./upload-client.ts";

const MIB = 2 ** 20;
/** Chunks under way at once. */
const LANES = 4;
/** How long a client waits before it tries again, in ms: the Workers start anew meanwhile. */
const PAUSE_MS = 500;
/** What is uploaded by tus, how often its wire is cut, and what each cut may cost: a part, and what is on its way. */
const TUS_BYTES = 500 * MIB;
const CUTS = 5;
const LOST_BYTES = 16 * MIB;
/** What an isolate has. */
const MEMORY_BYTES = 128 * MIB;

/** Through the Worker in chunks, straight to the store, and by clients of tus. */
type Kind = "chunks" | "direct" | "tus" | "uppy";
const KINDS: readonly Kind[] = ["chunks", "direct", "tus", "uppy"];
const CLIENTS: Readonly<Partial<Record<Kind, CutClient>>> = { tus: byTusClient, uppy: byUppy };

type Options = {
  /** Bytes. */
  readonly size: number;
  /** Bytes of a chunk; `null`: what is so by default. */
  readonly chunkSize: number | null;
  readonly times: number;
  readonly say: (line: string) => void;
  readonly kinds: readonly Kind[];
};
type Begun = {
  readonly upload_id: string;
  readonly chunk_size: number;
  readonly parts?: readonly { readonly index: number; readonly url: string }[];
};

/**
 * Uploads a large file in chunks side by side, once through the Worker and once straight to the store, while the Workers
 * are killed again and again; then a smaller one by tus-js-client, and by Uppy in Chromium, over a wire that is cut.
 * Compares what the store has with what was sent, and counts what had to be sent again.
 */
export async function uploads({
  size = 10 * 1024 * MIB,
  chunkSize = null,
  times = 10,
  say = (_line: string) => {},
  kinds = KINDS,
}: Partial<Options> = {}): Promise<Outcome> {
  return await inSoakStack({}, async (soak) => {
    if (chunkSize !== null) await limitUploads(soak.stack(), { chunk_size: chunkSize, max_file_size: size });
    const rows: string[][] = [];
    const failures: string[] = [];
    for (const [version, kind] of kinds.entries()) {
      const client = CLIENTS[kind];
      if (client) {
        const bytes = Math.min(size, TUS_BYTES);
        const { sentBytes, fault } = await cutUpload(client, { bytes, seed: version, cuts: CUTS }, soak);
        const excess = sentBytes - bytes;
        rows.push([kind, mib(bytes), "1", mib(excess), "", "", ""]);
        say(rows.at(-1)?.join("  ") ?? "");
        if (fault) failures.push(`${kind}: ${fault}`);
        if (excess > (CUTS + 1) * LOST_BYTES) failures.push(`${kind}: ${excess} bytes were sent again`);
        continue;
      }
      const memory = await watchMemory(soak.state, "core:user:snapbyte-api");
      const { chunkBytes, sentBytes, fault } = await uploadOnce(version, kind === "direct", { size, times, say }, soak);
      const { total, held, resident } = await memory.stop();
      const excess = sentBytes - size;
      rows.push([kind, mib(size), String(times), mib(excess), mib(total), mib(held), mib(resident)]);
      say(rows.at(-1)?.join("  ") ?? "");
      if (fault) failures.push(`${kind}: ${fault}`);
      if (excess > times * LANES * chunkBytes) failures.push(`${kind}: ${excess} bytes were sent again`);
      if (held > MEMORY_BYTES) failures.push(`${kind}: the isolate held ${held} bytes`);
    }
    const head = ["kind", "MiB", "kills", "sent again", "isolate at most", "held by it", "resident"];
    return { head, rows, failures };
  });
}

async function uploadOnce(
  version: number,
  direct: boolean,
  { size, times, say }: Pick<Options, "size" | "times" | "say">,
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
