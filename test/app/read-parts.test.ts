import { afterEach, describe, expect, it, vi } from "vitest";
import { deliveryHeaders } from "../../src/core/http/delivery-headers.ts";
import { fakePipe } from "../fakes/pipe.ts";
import { knowing } from "./knowing.ts";
import { askServed, HEADERS, storedWorld } from "./stored-copy.ts";
import { bodiesOf, watched } from "./watched-store.ts";
import { utf8 } from "./world.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** The copy of {@link storedWorld} in a store that tells how it is read, and an answer of three of its parts. */
async function partsWorld() {
  const { world, link } = await storedWorld();
  const { store, reads } = watched(world.store);
  const parts = { ...world, store };
  const answer = async () => await askServed(parts, link, { headers: { Range: "bytes=7-8,0-1,4-4" } });
  return { world: parts, link, reads, answer };
}

const BOUNDARY = /^multipart\/byteranges; boundary=(snapbyte-[0-9a-f]{16})$/;

describe("several parts of a copy", () => {
  it("come as one body, byte for byte, in the order asked", async () => {
    const { world, answer } = await partsWorld();
    const { plan, terms, body } = await answer();
    const fields = deliveryHeaders(plan, terms);
    const [, boundary] = BOUNDARY.exec(fields["Content-Type"] ?? "") ?? [];
    const text = await new Response(body).text();
    expect(text).toBe(
      [
        `--${boundary}`,
        ...["Content-Type: video/mp4", "Content-Range: bytes 7-8/10", "", "78"],
        `--${boundary}`,
        ...["Content-Type: video/mp4", "Content-Range: bytes 0-1/10", "", "01"],
        `--${boundary}`,
        ...["Content-Type: video/mp4", "Content-Range: bytes 4-4/10", "", "4"],
        `--${boundary}--`,
        "",
      ].join("\r\n"),
    );
    expect(fields).toMatchObject({ "Content-Length": String(text.length), "Accept-Ranges": "bytes" });
    expect(fields).not.toHaveProperty("Content-Range");
    await world.settled();
    expect(world.reports).toEqual([]);
  });

  it("are read one after the other, each only when what is before it was taken", async () => {
    const { reads, answer } = await partsWorld();
    const { body } = await answer();
    const reader = body?.getReader();
    expect(reads.map(({ call }) => call)).toEqual(["head"]);
    let read = "";
    const readUntil = async (text: string) => {
      while (!read.endsWith(text)) read += new TextDecoder().decode((await reader?.read())?.value);
    };
    await readUntil("78");
    expect(bodiesOf(reads)).toHaveLength(1);
    await readUntil("01");
    expect(bodiesOf(reads)).toHaveLength(2);
    await readUntil("--\r\n");
    expect(await reader?.read()).toMatchObject({ done: true });
    expect(bodiesOf(reads)).toEqual(["read", "read", "read"]);
    expect(reads.map(({ range }) => range?.offset)).toEqual([undefined, 7, 0, 4]);
  });

  it.each([
    ["at once", "", 0],
    ["in the text before a part", "-", 1],
    ["in the middle of a part", "\r\n\r\n7", 1],
    ["in the text after it", "78\r\n--", 2],
    ["in the middle of the second", "\r\n\r\n0", 2],
  ])("stop being read when their client leaves %s", async (_, until, most) => {
    const { world, reads, answer } = await partsWorld();
    const { body } = await answer();
    const reader = body?.getReader();
    let read = "";
    while (!read.includes(until)) read += new TextDecoder().decode((await reader?.read())?.value);
    await reader?.cancel();
    await world.settled();
    expect(bodiesOf(reads)).not.toContain("open");
    expect(bodiesOf(reads).length).toBeLessThanOrEqual(most);
    if (until.endsWith("7") || until.endsWith("0")) expect(bodiesOf(reads).at(-1)).toBe("cancelled");
    expect(world.reports).toEqual([]);
  });

  it("break off when the copy goes away between two of them, or a read fails", async () => {
    for (const second of [async () => null, () => Promise.reject(new Error("the store is down"))]) {
      const { world, link } = await storedWorld();
      const { get } = world.store;
      const asked: unknown[] = [];
      const store = {
        ...world.store,
        get: (...args: Parameters<typeof get>) => (asked.push(args) > 1 ? second() : get(...args)),
      };
      const { body } = await askServed({ ...world, store }, link, { headers: { Range: "bytes=0-1,4-5,8-9" } });
      await expect(new Response(body).text()).rejects.toThrow();
      await world.settled();
      expect(asked).toHaveLength(2);
      expect(world.reports).toEqual([]);
    }
  });

  it("are read each by itself also where a link that takes the copy for shorter had the whole begun", async () => {
    const { world, link, reads } = await partsWorld();
    const asked = { headers: { Range: "bytes=0-2,2-4,7-8" } };
    const { plan, body } = await askServed(world, { ...link, size: 5 }, asked);
    expect(plan.multipart?.pieces).toContainEqual({ offset: 7, length: 2 });
    expect(await new Response(body).text()).toContain("\r\n\r\n01234\r\n--");
    expect(reads.map(({ range, became }) => [range?.offset, became])).toEqual([
      ...[
        [undefined, "cancelled"],
        [0, "read"],
        [7, "read"],
      ],
    ]);
  });

  it("go through a pipe of just their length, so that the client is told", async () => {
    const { world, link } = await partsWorld();
    const lengths: (number | null)[] = [];
    const openPipe: typeof fakePipe = (length) => {
      lengths.push(length);
      return fakePipe(length);
    };
    const asked = { headers: { Range: "bytes=0-1,4-5" } };
    const { plan, body } = await askServed({ ...world, openPipe }, link, asked);
    expect(lengths).toEqual([plan.multipart?.length]);
    expect((await new Response(body).bytes()).length).toBe(plan.multipart?.length);
  });

  it("open no pipe for HEAD, nor where a condition fails", async () => {
    const { world, link } = await partsWorld();
    const openPipe = vi.fn(fakePipe);
    const headers = { Range: "bytes=0-1,4-5" };
    const quiet = { ...world, openPipe };
    expect(await askServed(quiet, link, { method: "HEAD", headers })).toMatchObject({ body: null });
    const failed = await askServed(quiet, link, { headers: { ...headers, "If-Match": '"v0"' } });
    expect(failed).toMatchObject({ plan: { status: 412 }, body: null });
    expect(openPipe).not.toHaveBeenCalled();
  });

  it("come from near where the cache of this place holds the copy", async () => {
    const { world, link } = await storedWorld();
    const here = knowing(world);
    for (let count = 0; count < 2; count += 1) await new Response((await askServed(here, link)).body).text();
    await world.settled();
    world.store.objects.clear();
    const { plan, terms, body } = await askServed(here, link, { headers: { Range: "bytes=0-1,4-5" } });
    expect(plan).toMatchObject({ status: 206, range: null });
    expect(terms.from).toBe("edge");
    expect(await new Response(body).text()).toContain("\r\n\r\n45\r\n--");
  });

  it("of a copy in a coding are not sent, but the whole: each part would have to be one of its own", async () => {
    const { world, link } = await partsWorld();
    await world.store.put(`acme/${link.key.id}/br`, utf8("0123456789"), { ...HEADERS, contentEncoding: "br" });
    const asked = { headers: { Range: "bytes=0-1,4-5" }, acceptEncoding: "br" };
    const { plan, body } = await askServed(world, { ...link, generation: "br" }, asked);
    expect(plan).toMatchObject({ status: 200, multipart: null });
    expect(await new Response(body).text()).toBe("0123456789");
  });
});
