import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bodyReader, Stalled } from "../../src/app/read-body.ts";
import { endedBy } from "../fakes/origin-body.ts";
import { passingTime, useFakeTimers, utf8 } from "./world.ts";

const IDLE_MS = 30_000;
const MIB = 2 ** 20;

type Bytes = Uint8Array<ArrayBuffer>;

/** A byte stream that brings these chunks, one for each time it is pulled, and then does `last`: closes, as a rule. */
function bodyOf(chunks: Iterable<Bytes>, last: (controller: ReadableByteStreamController) => unknown = close) {
  const cancelled = vi.fn();
  const rest = chunks[Symbol.iterator]();
  const body = new ReadableStream({
    type: "bytes",
    async pull(controller) {
      const { value, done } = rest.next();
      if (done) await last(controller);
      else controller.enqueue(value.slice());
    },
    cancel: cancelled,
  });
  return { body: body as ReadableStream<Uint8Array>, cancelled };
}

function close(controller: ReadableByteStreamController): void {
  controller.close();
  controller.byobRequest?.respond(0);
}

const forever = () => new Promise(() => {});
const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Chunks that come one by one, each after its time in ms. */
function dripping(chunks: readonly Bytes[], msOf: (index: number) => number): ReadableStream<Uint8Array> {
  let sent = 0;
  const body = new ReadableStream({
    type: "bytes",
    async pull(controller) {
      const ms = msOf(sent);
      if (ms > 0) await after(ms);
      const chunk = chunks[sent++];
      if (chunk) controller.enqueue(chunk.slice());
      else close(controller);
    },
  });
  return body as ReadableStream<Uint8Array>;
}

const readerOf = (body: ReadableStream<Uint8Array>) => bodyReader(body, { idleMs: IDLE_MS });
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** The body, and how many bytes each read of it waits for. */
function watched(body: ReadableStream<Uint8Array>) {
  const minima: number[] = [];
  const reader = body.getReader({ mode: "byob" });
  const read = reader.read.bind(reader) as (view: Bytes, options: { min: number }) => Promise<never>;
  reader.read = (async (view: Bytes, options: { min: number }) => {
    expect(options.min).toBeLessThanOrEqual(view.byteLength);
    minima.push(options.min);
    return await read(view, options);
  }) as typeof reader.read;
  vi.spyOn(body, "getReader").mockReturnValue(reader as never);
  return { body, minima };
}

beforeEach(useFakeTimers);

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe("filling a view", () => {
  it("goes on where the last view ended, until the body has", async () => {
    const reader = readerOf(bodyOf([utf8("hel"), utf8("lo wor"), utf8("ld")]).body);
    const first = await reader.fill(new Uint8Array(5));
    expect([text(first.view), first.ended]).toEqual(["hello", false]);
    const second = await reader.fill(new Uint8Array(first.view.buffer));
    expect([text(second.view), second.ended]).toEqual([" worl", false]);
    const third = await reader.fill(new Uint8Array(second.view.buffer));
    expect([text(third.view), third.ended]).toEqual(["d", true]);
  });

  it("uses the view's own buffer, at its place there", async () => {
    const own = Uint8Array.from([1, 1, 1, 1, 1, 1, 1, 1]);
    const { view } = await readerOf(bodyOf([utf8("a"), utf8("bcd")]).body).fill(own.subarray(2, 5));
    expect(own.buffer.detached).toBe(true);
    expect([view.byteOffset, view.byteLength, view.buffer.byteLength]).toEqual([2, 3, 8]);
    expect([...new Uint8Array(view.buffer)]).toEqual([1, 1, 97, 98, 99, 1, 1, 1]);
  });

  it("of no length reads nothing", async () => {
    const reader = readerOf(bodyOf([utf8("a")]).body);
    expect((await reader.fill(new Uint8Array(0))).ended).toBe(false);
    expect(text((await reader.fill(new Uint8Array(9))).view)).toBe("a");
  });

  it.each([
    ["an empty body", []],
    ["a body of one byte", [1]],
    ["a body of a byte less than the view", [50, 49]],
  ])("%s ends it, and the buffer comes back", async (_, chunks) => {
    const { body } = bodyOf(chunks.map((length) => new Uint8Array(length)));
    const { view, ended } = await readerOf(body).fill(new Uint8Array(100));
    const length = chunks.reduce((sum, chunk) => sum + chunk, 0);
    expect([view.byteLength, view.buffer.byteLength, ended]).toEqual([length, 100, true]);
  });

  it("reads a Blob's stream, and what the fake origin sends", async () => {
    const blob = new Blob([new Uint8Array(3 * MIB).fill(7)]);
    for (const body of [blob.stream(), endedBy(new AbortController().signal, blob.stream())]) {
      const { view, ended } = await readerOf(body).fill(new Uint8Array(4 * MIB));
      expect([view.byteLength, view.at(-1), ended]).toEqual([3 * MIB, 7, true]);
    }
  });

  it("brings every byte once, however they come in chunks", async () => {
    const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(chunks, fc.integer({ min: 1, max: 60 }), async (drawn, size) => {
        const whole = drawn.flatMap((chunk) => [...chunk]);
        const reader = readerOf(bodyOf(drawn.map((chunk) => Uint8Array.from(chunk))).body);
        const got: number[] = [];
        let next = await reader.fill(new Uint8Array(size));
        for (; !next.ended; next = await reader.fill(new Uint8Array(next.view.buffer))) got.push(...next.view);
        expect([...got, ...next.view]).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });
});

describe("the steps of a read", () => {
  const chunks = Array.from({ length: 1_024 }, () => new Uint8Array(16 * 1024));

  it("keep a fast origin's chunks away from JavaScript, and never pass the end of the view", async () => {
    const { body, minima } = watched(bodyOf(chunks).body);
    const reader = readerOf(body);
    let view: Bytes = new Uint8Array(8 * MIB);
    for (let part = 1; part <= 2; part += 1) ({ view } = await reader.fill(new Uint8Array(view.buffer)));
    expect(view.byteLength).toBe(8 * MIB);
    expect([minima[0], Math.max(...minima)]).toEqual([1, MIB]);
    // A step for each MiB, and some more at the start.
    expect(minima.length).toBeLessThan(30);
  });

  it("are no larger than they may be", async () => {
    const { body, minima } = watched(bodyOf(chunks).body);
    await bodyReader(body, { idleMs: IDLE_MS, stepBytes: 32 * 1024 }).fill(new Uint8Array(MIB));
    expect(Math.max(...minima)).toBe(32 * 1024);
  });
});

describe("whether a body has ended", () => {
  it("is known after the last byte", async () => {
    const reader = readerOf(bodyOf([utf8("hello")]).body);
    await reader.fill(new Uint8Array(5));
    expect(await reader.atEnd()).toBe(true);
  });

  it("is not so while bytes follow", async () => {
    const { body, cancelled } = bodyOf([utf8("hello!")]);
    const reader = readerOf(body);
    const { view } = await reader.fill(new Uint8Array(5));
    expect(await reader.atEnd()).toBe(false);
    expect(text(view)).toBe("hello");
    await reader.cancel();
    expect(cancelled).toHaveBeenCalledOnce();
  });

  it("rejects when the body breaks off where it might have ended", async () => {
    const { body } = bodyOf([utf8("hello")], (controller) => controller.error(new Error("connection lost")));
    const reader = readerOf(body);
    await reader.fill(new Uint8Array(5));
    await expect(reader.atEnd()).rejects.toThrow("connection lost");
  });

  it("is not waited for without end", async () => {
    const { body, cancelled } = bodyOf([utf8("hello")], forever);
    const reader = readerOf(body);
    await reader.fill(new Uint8Array(5));
    const { ms } = await passingTime(expect(reader.atEnd()).rejects.toBeInstanceOf(Stalled));
    expect(ms).toBe(IDLE_MS);
    expect(cancelled).toHaveBeenCalledOnce();
  });
});

describe("an origin that is slow", () => {
  it.each([
    ["nothing", []],
    ["a little", [utf8("only "), utf8("the start")]],
  ])("and stalls after %s is given up, and its body let go", async (_, chunks) => {
    const { body, cancelled } = bodyOf(chunks, forever);
    const filled = readerOf(body).fill(new Uint8Array(100));
    const { ms } = await passingTime(expect(filled).rejects.toThrow("nothing more came for 30000 ms"));
    expect(ms).toBe(IDLE_MS);
    expect(cancelled).toHaveBeenCalledExactlyOnceWith(expect.any(Stalled));
  });

  it("and whose body cannot even be let go is given up all the same", async () => {
    const { body, cancelled } = bodyOf([], forever);
    cancelled.mockImplementation(forever);
    await passingTime(expect(readerOf(body).fill(new Uint8Array(9))).rejects.toBeInstanceOf(Stalled));
  });

  it("but brings something now and then is waited for", async () => {
    const chunks = Array.from({ length: 20 }, () => new Uint8Array(100));
    const { value, ms } = await passingTime(readerOf(dripping(chunks, () => 20_000)).fill(new Uint8Array(MIB)));
    expect([value.view.byteLength, value.ended]).toEqual([2_000, true]);
    expect(ms).toBe(21 * 20_000);
  });

  it("in the middle, after it was fast, is waited for", async () => {
    const chunks = Array.from({ length: 192 }, () => new Uint8Array(64 * 1024));
    const body = dripping(chunks, (index) => (index < 128 ? 0 : 1_000));
    const { value } = await passingTime(readerOf(body).fill(new Uint8Array(16 * MIB)));
    expect([value.view.byteLength, value.ended]).toEqual([12 * MIB, true]);
  });

  it("in the middle, so much that a step outlasts the limit, is given up: who goes on begins with small ones", async () => {
    const chunks = Array.from({ length: 192 }, () => new Uint8Array(64 * 1024));
    const body = dripping(chunks, (index) => (index < 128 ? 0 : 10_000));
    await passingTime(expect(readerOf(body).fill(new Uint8Array(16 * MIB))).rejects.toBeInstanceOf(Stalled));
    const again = readerOf(dripping(chunks.slice(128), () => 10_000));
    expect((await passingTime(again.fill(new Uint8Array(16 * MIB)))).value.view.byteLength).toBe(4 * MIB);
  });
});

describe("a body that breaks off", () => {
  it("rejects with what the stream said", async () => {
    const error = new Error("connection lost");
    const { body } = bodyOf([utf8("hel")], (controller) => controller.error(error));
    await expect(readerOf(body).fill(new Uint8Array(9))).rejects.toBe(error);
  });

  it("rejects at once with the reason of an abort", async () => {
    const controller = new AbortController();
    const reason = new Error("purged");
    const silent = new ReadableStream<Bytes>({ pull: () => new Promise(() => {}) });
    const body = endedBy(controller.signal, silent);
    const filled = readerOf(body).fill(new Uint8Array(9));
    controller.abort(reason);
    await expect(filled).rejects.toBe(reason);
  });

  it("because it was cancelled while it was read does not look whole", async () => {
    const { body } = bodyOf([], forever);
    const reader = readerOf(body);
    const filled = reader.fill(new Uint8Array(9));
    const outcome = expect(filled).rejects.toThrow("cancelled while it was read");
    await reader.cancel();
    await outcome;
  });
});

describe("letting a body go", () => {
  it("never rejects", async () => {
    const { body, cancelled } = bodyOf([], forever);
    cancelled.mockRejectedValue(new Error("too late"));
    await readerOf(body).cancel();
    const broken = readerOf(bodyOf([], (controller) => controller.error(new Error("lost"))).body);
    await expect(broken.fill(new Uint8Array(1))).rejects.toThrow("lost");
    await broken.cancel();
  });

  it("is not possible where the body is no byte stream: that throws at once", () => {
    expect(() => readerOf(new ReadableStream())).toThrow(TypeError);
  });
});
