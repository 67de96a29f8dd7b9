import { pump } from "../../src/app/pump.ts";
import { fakePipe } from "../fakes/pipe.ts";
import { quiet } from "./quiet.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export const PART_BYTES = 10;
export const ALONE_MS = 20_000;
export const IDLE_MS = 30_000;

/** A body whose chunks are made as they are read; after the last one comes what `then` does, by default the end. */
export function bodyOf(
  chunks: readonly Bytes[],
  then?: (controller: ReadableByteStreamController) => void | Promise<void>,
) {
  let taken = 0;
  let next = 0;
  let cancelled = false;
  const body: ReadableStream<Uint8Array> = new ReadableStream({
    type: "bytes",
    async pull(controller) {
      const chunk = chunks[next];
      next += 1;
      if (chunk) {
        taken += chunk.length;
        return controller.enqueue(chunk.slice());
      }
      if (then) return await then(controller);
      controller.close();
      controller.byobRequest?.respond(0);
    },
    cancel() {
      cancelled = true;
    },
  });
  return { body, taken: () => taken, cancelled: () => cancelled };
}

/** As many chunks of one byte as there are numbers below `length`. */
export function counted(length: number): Bytes[] {
  return Array.from({ length }, (_, at) => Uint8Array.of(at));
}

export const joined = (chunks: readonly Uint8Array[]): number[] => chunks.flatMap((chunk) => [...chunk]);

/** A keeper that notes what it is told; `keep` settles as the test wants it. */
export function notingKeeper(keep: (part: Bytes) => Promise<void> = async () => {}) {
  const parts: Bytes[] = [];
  const told: string[] = [];
  return {
    parts,
    told,
    async keep(part: Bytes) {
      told.push("keep");
      parts.push(part.slice());
      await keep(part);
    },
    async end() {
      told.push("end");
    },
    async leave() {
      told.push("leave");
    },
  };
}

/** A pump at work, and its client. */
export function pumping(
  { body }: Pick<ReturnType<typeof bodyOf>, "body">,
  keeper: ReturnType<typeof notingKeeper>,
  length: number | null,
) {
  const { readable, writable } = fakePipe(length);
  const reports: string[] = [];
  const report = (what: string) => reports.push(what);
  const times = { aloneMs: ALONE_MS, idleMs: IDLE_MS, now: () => Date.now() };
  const passed = { came: 0, taken: 0 };
  const count = {
    came(bytes: number) {
      passed.came += bytes;
    },
    taken(bytes: number) {
      passed.taken += bytes;
    },
  };
  const done = pump(body, writable, keeper, { length, partBytes: PART_BYTES, ...times, report, count });
  const reader = readable.getReader();
  const got: Uint8Array[] = [];
  return {
    done,
    reports,
    /** Bytes that were counted. */
    passed,
    got: () => joined(got),
    /** Reads so many chunks. */
    async take(chunks: number): Promise<void> {
      for (let left = chunks; left > 0; left -= 1) got.push((await reader.read()).value ?? new Uint8Array());
      await quiet();
    },
    /** Reads to the end, and says what came in all; rejects where the download breaks off. */
    async rest(): Promise<number[]> {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return joined(got);
        got.push(value);
      }
    },
    leave: () => reader.cancel(),
  };
}
