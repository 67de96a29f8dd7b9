import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../system/stack/until.ts";
import { residentBytes, workerdsOf } from "./workerd.ts";

const CONSUMER = "core:user:snapbyte-consumer";
const EVERY_MS = 50;
/** How long an answer of the inspector may take. */
const ANSWER_MS = 5_000;
/** Garbage is collected for a look at what is held: soon, and then less and less often, so that some may pile up. */
const FIRST_COLLECTION_MS = 500;
const LAST_COLLECTIONS_MS = 30_000;

/** Bytes at the moment when an isolate had the most, and the most that its whole process had. */
export type Peak = {
  /** V8's heap, what the runtime keeps for it, and the bytes of its buffers. */
  readonly total: number;
  readonly heap: number;
  readonly buffers: number;
  /** The most that was left after V8 had collected all that it could. */
  readonly held: number;
  readonly resident: number;
  readonly samples: number;
};

type HeapUsage = { usedSize: number; embedderHeapUsedSize?: number; backingStorageSize?: number };

/**
 * Looks at the memory of an isolate, the consumer's unless another is named, over workerd's inspector, until `stop`, which
 * returns the peak. When wrangler starts its Workers anew, as it does once after it began, this looks for the new ones.
 */
export async function watchMemory(state: string, name = CONSUMER): Promise<{ stop(): Promise<Peak> }> {
  let peak: Peak = { total: 0, heap: 0, buffers: 0, held: 0, resident: 0, samples: 0 };
  let watching = true;
  let collectsAt = Date.now() + FIRST_COLLECTION_MS;
  let collectsAfter = FIRST_COLLECTION_MS;
  const noteHeld = async ({ inspector }: Isolate) => {
    if (Date.now() < collectsAt) return;
    collectsAfter = Math.min(2 * collectsAfter, LAST_COLLECTIONS_MS);
    collectsAt = Date.now() + collectsAfter;
    await inspector.ask("HeapProfiler.collectGarbage");
    const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = await inspector.ask("Runtime.getHeapUsage");
    peak = { ...peak, held: Math.max(peak.held, usedSize + embedderHeapUsedSize + backingStorageSize) };
  };
  const note = async ({ pid, inspector }: Isolate) => {
    const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = await inspector.ask("Runtime.getHeapUsage");
    const heap = usedSize + embedderHeapUsedSize;
    const now = { total: heap + backingStorageSize, heap, buffers: backingStorageSize };
    const { held } = peak;
    const rest = { held, resident: Math.max(peak.resident, residentBytes(pid)), samples: peak.samples + 1 };
    peak = { ...(now.total > peak.total ? now : peak), ...rest };
  };
  const watch = async () => {
    while (watching) {
      const isolate = await findIsolate(state, name).catch(() => null);
      try {
        for (; watching && isolate; await sleep(EVERY_MS)) {
          await note(isolate);
          await noteHeld(isolate);
        }
      } catch {
        // It is looked for again.
      } finally {
        isolate?.inspector.close();
      }
      if (watching) await sleep(EVERY_MS);
    }
  };
  const watched = watch();
  await until("the memory of the isolate is seen", async () => (peak.samples > 0 ? true : null));
  return {
    async stop() {
      watching = false;
      await watched;
      return peak;
    },
  };
}

type Isolate = { readonly pid: number; readonly inspector: Awaited<ReturnType<typeof connect>> };

async function findIsolate(state: string, name: string): Promise<Isolate> {
  for (const { pid, ports } of workerdsOf(state)) {
    for (const port of ports) {
      const answer = await fetch(`http://127.0.0.1:${port}/json`, { signal: AbortSignal.timeout(2_000) }).catch(
        () => null,
      );
      if ((await answer?.text().catch(() => ""))?.includes(`"${name}"`)) {
        return { pid, inspector: await connect(`ws://127.0.0.1:${port}/${name}`) };
      }
    }
  }
  throw new Error("workerd's inspector was not found");
}

async function connect(url: string) {
  const socket = new WebSocket(url);
  const waiting = new Map<number, PromiseWithResolvers<HeapUsage>>();
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve(), { once: true });
    socket.addEventListener("error", () => reject(new Error(`${url} did not answer`)), { once: true });
  });
  socket.addEventListener("close", () => {
    for (const { reject } of waiting.values()) reject(new Error("the inspector hung up"));
  });
  socket.addEventListener("message", ({ data }) => {
    const { id, result } = JSON.parse(String(data));
    waiting.get(id)?.resolve(result);
    waiting.delete(id);
  });
  let asked = 0;
  return {
    async ask(method: string): Promise<HeapUsage> {
      const id = ++asked;
      const answer = Promise.withResolvers<HeapUsage>();
      waiting.set(id, answer);
      socket.send(JSON.stringify({ id, method }));
      // A connection that ended, or an isolate that went, may leave a question without an answer.
      const late = setTimeout(() => answer.reject(new Error(`no answer to ${method}`)), ANSWER_MS);
      try {
        return await answer.promise;
      } finally {
        clearTimeout(late);
        waiting.delete(id);
      }
    },
    close: () => socket.close(),
  };
}
