import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { deliveryHeaders } from "../../src/core/http/delivery-headers.ts";
import type { Link } from "../../src/core/link.ts";
import { type Asked, ask, askServed, DATE, EARLIER, HEADERS, storedWorld } from "./stored-copy.ts";
import { bodiesOf, watched } from "./watched-store.ts";
import { utf8 } from "./world.ts";

/** The copy of {@link storedWorld} in a store that tells how it is read. */
async function watchedWorld() {
  const { world, link } = await storedWorld();
  const { store, reads } = watched(world.store);
  const calls = () => reads.map(({ call, range }) => (range ? `${call} ${range.offset}+${range.length}` : call));
  return { world: { ...world, store }, link, reads, calls };
}

const text = async (body: ReadableStream<Uint8Array> | null) => body && (await new Response(body).text());

describe("a copy is read", () => {
  it.each<[string, Asked, Partial<Link>, readonly string[]]>([
    ["once for the whole", {}, {}, ["get"]],
    ["once for the whole of a length that the link does not tell", {}, { size: null }, ["get"]],
    ["once for a range, since the link tells how long it is", { headers: { Range: "bytes=-3" } }, {}, ["get 7+3"]],
    ["once for ranges that are one", { headers: { Range: "bytes=4-5,1-3" } }, {}, ["get 1+5"]],
    ["once for what is no range", { headers: { Range: "lines=1-2" } }, {}, ["get"]],
    ["once for a range of this very version", { headers: { Range: "bytes=0-1", "If-Range": '"v1"' } }, {}, ["get 0+2"]],
    ["once under a condition that holds", { headers: { "If-Match": '"v1"' } }, {}, ["get"]],
    ["by its head for HEAD", { method: "HEAD" }, {}, ["head"]],
    ["by its head for HEAD, whatever the range", { method: "HEAD", headers: { Range: "bytes=0-1" } }, {}, ["head"]],
    ["by its head for news, where there is none", { headers: { "If-None-Match": '"v1"' } }, {}, ["head"]],
    ["by its head for news since a day", { headers: { "If-Modified-Since": DATE } }, {}, ["head"]],
    ["once more where there is news", { headers: { "If-Modified-Since": EARLIER } }, {}, ["head", "get"]],
    ["by its head for a range outside of it", { headers: { Range: "bytes=10-" } }, {}, ["head"]],
    [
      "by its head first where nobody knows how long",
      { headers: { Range: "bytes=-3" } },
      { size: null },
      ["head", "get 7+3"],
    ],
  ])("%s", async (_, asked, changes, expected) => {
    const { world, link, reads, calls } = await watchedWorld();
    const { body } = await askServed(world, { ...link, ...changes }, asked);
    await text(body);
    expect(calls()).toEqual(expected);
    expect(bodiesOf(reads).filter((became) => became !== "read")).toEqual([]);
  });

  it.each<[string, Asked, Partial<Link>, number, string | null, readonly string[]]>([
    [
      "a range of another version",
      { headers: { Range: "bytes=2-4", "If-Range": '"v0"' } },
      {},
      ...([200, "0123456789", ["get 2+3", "get"]] as const),
    ],
    [
      "a link that takes the copy for shorter",
      { headers: { Range: "bytes=-2" } },
      { size: 5 },
      ...([206, "89", ["get 3+2", "get 8+2"]] as const),
    ],
    ["another version", { headers: { "If-Match": '"v0"' } }, {}, 412, null, ["get"]],
    [
      "a range, under such a condition",
      { headers: { "If-Match": '"v0"', Range: "bytes=0-1" } },
      {},
      412,
      null,
      ["get 0+2"],
    ],
    ["what changed since", { headers: { "If-Unmodified-Since": EARLIER } }, {}, 412, null, ["get"]],
  ])("anew, or not at all, when the first guess was wrong: %s", async (_, asked, changes, status, expected, reads) => {
    const { world, link, reads: seen, calls } = await watchedWorld();
    const { plan, body } = await askServed(world, { ...link, ...changes }, asked);
    expect({ status: plan.status, text: await text(body) }).toEqual({ status, text: expected });
    expect(calls()).toEqual(reads);
    expect(bodiesOf(seen)).toEqual(reads.map((_read, at) => (at === 0 ? "cancelled" : "read")));
  });

  it("no further than its client goes", async () => {
    const { world, link, reads } = await watchedWorld();
    const reader = (await askServed(world, link)).body?.getReader();
    expect((await reader?.read())?.value).toEqual(utf8("0"));
    await reader?.cancel();
    expect(bodiesOf(reads)).toEqual(["cancelled"]);
  });
});

describe("an answer from a copy", () => {
  const sha256 = "84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882";

  it("tells the digest that the link knows, of the whole and beside a part", async () => {
    const { world, link } = await storedWorld();
    for (const asked of [{}, { headers: { Range: "bytes=0-1" } }, { method: "HEAD" as const }]) {
      const { plan, terms } = await askServed(world, { ...link, sha256 }, asked);
      const digest = `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`;
      expect(deliveryHeaders(plan, terms)).toMatchObject({ "Repr-Digest": digest });
      const unknown = await askServed(world, link, asked);
      expect(deliveryHeaders(unknown.plan, unknown.terms)).not.toHaveProperty("Repr-Digest");
    }
  });
});

describe("a copy that lies there in gzip", () => {
  const PLAIN = utf8("what the origin has compressed, ".repeat(50));

  async function gzipWorld(bytes = Uint8Array.from(gzipSync(PLAIN))) {
    const { world, link } = await watchedWorld();
    await world.store.put(`acme/${link.key.id}/gzip`, bytes, { ...HEADERS, contentEncoding: "gzip" });
    const { store, reads } = watched(world.store);
    return { world: { ...world, store }, link: { ...link, generation: "gzip", size: bytes.length }, bytes, reads };
  }
  const bytesOf = async (body: ReadableStream<Uint8Array> | null) =>
    new Uint8Array(await new Response(body).arrayBuffer());

  it.each([null, "gzip", "br, gzip;q=0.5", "*"])("goes out as it lies to who sends %j", async (acceptEncoding) => {
    const { world, link, bytes } = await gzipWorld();
    const { plan, terms, body } = await askServed(world, link, { acceptEncoding });
    expect(await bytesOf(body)).toEqual(bytes);
    expect(deliveryHeaders(plan, terms)).toMatchObject({
      "Content-Encoding": "gzip",
      "Content-Length": String(bytes.length),
      Vary: "Accept-Encoding",
    });
  });

  it.each(["", "identity", "br", "gzip;q=0", "*;q=0"])(
    "is decoded byte for byte for who sends %j",
    async (acceptEncoding) => {
      const { world, link } = await gzipWorld();
      for (const headers of [{}, { Range: "bytes=0-9" }, { Range: "bytes=0-1,5-6" }]) {
        const sent = { ...link, sha256: "ab".repeat(32) };
        const { plan, terms, body } = await askServed(world, sent, { acceptEncoding, headers });
        expect(plan).toMatchObject({ status: 200, representation: { undo: "gzip", size: null } });
        expect(await bytesOf(body)).toEqual(PLAIN);
        const fields = deliveryHeaders(plan, terms);
        expect(fields).toMatchObject({ ETag: '"v1-identity"', "Accept-Ranges": "none", Vary: "Accept-Encoding" });
        for (const name of ["Content-Length", "Content-Encoding", "Content-Range", "Repr-Digest"]) {
          expect(fields).not.toHaveProperty(name);
        }
      }
    },
  );

  it("is decoded for nobody who asks for its head, and for nobody who has it", async () => {
    const { world, link, reads } = await gzipWorld();
    const head = await askServed(world, link, { acceptEncoding: "identity", method: "HEAD" });
    expect(head).toMatchObject({ plan: { status: 200 }, body: null });
    const known = { acceptEncoding: "identity", headers: { "If-None-Match": '"v1-identity"' } };
    expect(await askServed(world, link, known)).toMatchObject({ plan: { status: 304 }, body: null });
    expect(reads.map(({ call }) => call)).toEqual(["head", "head"]);
  });

  it("is read no further once its client has left", async () => {
    const { world, link, reads } = await gzipWorld(Uint8Array.from(gzipSync(randomBytes(200_000))));
    const { body } = await askServed(world, link, { acceptEncoding: "identity" });
    const reader = body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await vi.waitFor(() => expect(bodiesOf(reads)).toEqual(["cancelled"]));
  });

  it("breaks off where it is no gzip, and nobody takes a part of it for the whole", async () => {
    const { world, link } = await gzipWorld(Uint8Array.from(gzipSync(PLAIN)).subarray(0, 40));
    const { body } = await askServed(world, link, { acceptEncoding: "identity" });
    await expect(new Response(body).arrayBuffer()).rejects.toThrow();
    await world.settled();
    expect(await ask(world, link)).toMatchObject({ plan: { status: 200 } });
  });
});
