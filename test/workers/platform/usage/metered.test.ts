import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { metered, PIECE_BYTES } from "../../../../src/app/usage/metered-pipe.ts";
import { openPipe } from "../../../../src/platform/cloudflare/pipe.ts";

const SIZE = 40 * PIECE_BYTES + 3;

/** The store's own stream of an object of so many bytes. */
async function stored(size: number): Promise<ReadableStream<Uint8Array>> {
  const name = crypto.randomUUID();
  await env.OBJECTS.put(
    name,
    Uint8Array.from({ length: size }, (_, at) => at % 251),
  );
  const object = await env.OBJECTS.get(name);
  if (!object) throw new Error("it was not stored");
  return object.body;
}

function counting(body: ReadableStream<Uint8Array>, length: number | null) {
  const count = { taken: 0, pieces: 0 };
  let done: Promise<unknown> = Promise.resolve();
  const meter = {
    taken(bytes: number) {
      count.taken += bytes;
      count.pieces += 1;
    },
  };
  const inBackground = (work: Promise<unknown>) => {
    done = work;
  };
  return { readable: metered(body, length, meter, { openPipe, inBackground }), count, done: () => done };
}

describe("a body of the store's that is counted", () => {
  it("arrives whole, as long as it says, and in pieces that are large", async () => {
    const { readable, count, done } = counting(await stored(SIZE), SIZE);
    const response = new Response(readable);
    const bytes = new Uint8Array(await response.arrayBuffer());
    await done();
    expect(bytes.length).toBe(SIZE);
    expect(bytes.every((byte, at) => byte === at % 251)).toBe(true);
    expect(count.taken).toBe(SIZE);
    // The first ones are small, so that nobody waits for the first byte.
    expect(count.pieces).toBeLessThan(40 + 20);
  });

  it("counts what was taken by a client that leaves at a tenth, to within one piece", async () => {
    const { readable, count, done } = counting(await stored(SIZE), SIZE);
    const reader = readable.getReader();
    let took = 0;
    while (took < SIZE / 10) took += (await reader.read()).value?.length ?? 0;
    await reader.cancel();
    await done();
    expect(count.taken).toBeLessThanOrEqual(took);
    expect(took - count.taken).toBeLessThanOrEqual(PIECE_BYTES);
  });

  it("counts the bytes that went out of one whose coding was undone", async () => {
    const text = "the same again, ".repeat(100_000);
    const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
    const unpacked = packed.pipeThrough(
      new DecompressionStream("gzip") as ReadableWritablePair<Uint8Array, Uint8Array>,
    );
    const { readable, count, done } = counting(unpacked, null);
    expect(await new Response(readable).text()).toBe(text);
    await done();
    expect(count.taken).toBe(text.length);
  });
});
