import { describe, expect, it } from "vitest";
import { metered, PIECE_BYTES } from "../../../src/app/usage/metered-pipe.ts";
import { fakePipe } from "../../fakes/pipe.ts";
import { quiet } from "../quiet.ts";

/** Bytes that count up, so that each has its place. */
const pattern = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 31) % 251);

/** A body of so many bytes, and whether it was cancelled. */
function bodyOf(bytes: Uint8Array, { breaksAfter = Number.POSITIVE_INFINITY, chunk = 65_536 } = {}) {
  let at = 0;
  const state = { cancelled: false };
  const body: ReadableStream<Uint8Array> = new ReadableStream({
    type: "bytes",
    pull(controller) {
      if (at >= breaksAfter) return controller.error(new Error("it broke off"));
      const next = bytes.slice(at, at + chunk);
      at += next.length;
      if (next.length > 0) return controller.enqueue(next);
      controller.close();
      controller.byobRequest?.respond(0);
    },
    cancel() {
      state.cancelled = true;
    },
  });
  return { body, state };
}

/** A body that is counted while it is read. */
function counting(body: ReadableStream<Uint8Array>, length: number | null) {
  const count = { came: 0, taken: 0 };
  let done: Promise<unknown> = Promise.resolve();
  const meter = {
    came(bytes: number) {
      count.came += bytes;
    },
    taken(bytes: number) {
      count.taken += bytes;
    },
  };
  const inBackground = (work: Promise<unknown>) => {
    done = work;
  };
  const readable = metered(body, length, meter, { openPipe: fakePipe, inBackground });
  return { readable, count, done: () => done };
}

describe("a body that is counted", () => {
  it.each([0, 1, 65_536, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES + 7])(
    "of %i bytes arrives as it is, and all of it counts",
    async (size) => {
      const bytes = pattern(size);
      const { readable, count, done } = counting(bodyOf(bytes).body, size);
      const got = new Uint8Array(await new Response(readable).arrayBuffer());
      await done();
      expect(Buffer.compare(got, bytes)).toBe(0);
      expect(count).toEqual({ came: size, taken: size });
    },
  );

  it("of unknown length, which is no byte stream, arrives as it is, too", async () => {
    const bytes = pattern(300_000);
    const body = new Blob([bytes]).stream().pipeThrough(new TransformStream<Uint8Array, Uint8Array>());
    const { readable, count, done } = counting(body, null);
    expect(Buffer.compare(new Uint8Array(await new Response(readable).arrayBuffer()), bytes)).toBe(0);
    await done();
    expect(count.taken).toBe(300_000);
  });

  it("counts what a client took that left, to within one piece, and is let go of", async () => {
    const size = 40 * PIECE_BYTES;
    const { body, state } = bodyOf(new Uint8Array(size));
    const { readable, count, done } = counting(body, size);
    const reader = readable.getReader();
    let took = 0;
    while (took < size / 10) took += (await reader.read()).value?.length ?? 0;
    await reader.cancel();
    await done();
    expect(count.taken).toBeLessThanOrEqual(took);
    expect(took - count.taken).toBeLessThanOrEqual(PIECE_BYTES);
    expect(state.cancelled).toBe(true);
  });

  it("reads no further than a piece beyond what its client has taken", async () => {
    const size = 40 * PIECE_BYTES;
    const { readable, count } = counting(bodyOf(new Uint8Array(size)).body, size);
    const reader = readable.getReader();
    const first = (await reader.read()).value?.length ?? 0;
    await quiet();
    expect(count.came).toBeLessThanOrEqual(first + PIECE_BYTES);
    await reader.cancel();
  });

  it("that breaks off does so for its client, too, and counts until then", async () => {
    const size = 10 * 65_536;
    const { readable, count, done } = counting(bodyOf(pattern(size), { breaksAfter: size / 2 }).body, size);
    await expect(new Response(readable).arrayBuffer()).rejects.toThrow();
    await done();
    expect(count.taken).toBeLessThanOrEqual(size / 2);
    expect(count.taken).toBeGreaterThan(0);
  });
});
