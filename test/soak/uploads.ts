import { limitUploads } from "../system/front-door/uploads/uploading.ts";
import { chunkedUpload, LANES } from "./chunked-upload.ts";
import { byTusClient, byUppy } from "./cut-clients.ts";
import { type CutClient, cutUpload } from "./cut-upload.ts";
import { watchMemory } from "./memory.ts";
import { mib, type Outcome } from "./outcome.ts";
import { inSoakStack } from "./soak-stack.ts";

const MIB = 2 ** 20;
/** What is uploaded by tus, how often its wire is cut, and what each cut may cost: a part, and what is on its way. */
const TUS_BYTES = 500 * MIB;
const CUTS = 5;
const LOST_BYTES = 16 * MIB;
/** What an isolate has. */
const MEMORY_BYTES = 128 * MIB;

/** Through the Worker in chunks, straight to the store, and by clients of tus. */
type Kind = "chunks" | "direct" | "tus" | "uppy";
const KINDS: readonly Kind[] = ["chunks", "direct", "tus", "uppy"];
const CLIENTS: Readonly<Partial<Record<Kind, { upload: CutClient; resends: number }>>> = {
  tus: { upload: byTusClient, resends: 0 },
  // Chromium sends once more by itself what broke on a connection that it had used before, from where that had begun.
  uppy: { upload: byUppy, resends: 1 },
};

type Options = {
  /** Bytes. */
  readonly size: number;
  /** Bytes of a chunk; `null`: what is so by default. */
  readonly chunkSize: number | null;
  readonly times: number;
  readonly say: (line: string) => void;
  readonly kinds: readonly Kind[];
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
        const { sentBytes, cutAfter, fault } = await cutUpload(
          client.upload,
          { bytes, seed: version, cuts: CUTS },
          soak,
        );
        const excess = sentBytes - bytes;
        rows.push([kind, mib(bytes), "1", mib(excess), "", "", ""]);
        say(rows.at(-1)?.join("  ") ?? "");
        if (fault) failures.push(`${kind}: ${fault}`);
        if (excess > (CUTS + 1) * (LOST_BYTES + client.resends * cutAfter))
          failures.push(`${kind}: ${excess} bytes were sent again`);
        continue;
      }
      const memory = await watchMemory(soak.state, "core:user:snapbyte-api");
      const { chunkBytes, sentBytes, fault } = await chunkedUpload(
        version,
        kind === "direct",
        { size, times, say },
        soak,
      );
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
