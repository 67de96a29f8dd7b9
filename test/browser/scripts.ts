import { beforeAll, expect, it } from "vitest";
import { ledToCopy } from "../system/delivery/clients/led-to-copy.ts";
import { noise } from "../system/delivery/clients/samples.ts";
import { publish, sha256 } from "../system/stack/objects.ts";
import { untilHit } from "../system/stack/requests.ts";
import { type Fetched, fetchInPieces, type Piece } from "./fetching.ts";
import { allowPages, type Site } from "./site.ts";

const BYTES = 6 * 2 ** 20 + 11;
const PIECE_BYTES = 2 ** 20;

/** `fetch()` in a page of another origin. `stranger`: a host name of pages that are not allowed. */
export function scripts({ stack, door, pages, open }: Site, stranger: string): void {
  const body = noise("scripts", BYTES);
  let url = "";
  beforeAll(async () => {
    await allowPages(stack(), [pages().url]);
    url = await publish(stack(), "scripts.bin", body, { ContentType: "application/octet-stream" });
  });
  async function read(link: string, wanted: readonly Piece[], from = pages().url): Promise<Fetched> {
    return await (await open(from)).evaluate(fetchInPieces, { link, wanted });
  }

  it("reads the whole, and the fields that tell of it", async () => {
    const { result, asked } = await ledToCopy(door(), url, (link) => read(link, [{}]));
    expect(result).toMatchObject({ error: null, statuses: [200], sha256: sha256(body) });
    expect(result.fields).toMatchObject({ "accept-ranges": "bytes", "content-length": String(BYTES) });
    expect(result.fields.etag).toMatch(/^"[^"]+"$/);
    expect(result.fields["repr-digest"]).toBe(`sha-256=:${Buffer.from(sha256(body), "hex").toString("base64")}:`);
    expect(asked).toMatchObject([{ status: 200, bytes: BYTES }]);
  });

  it("reads piece by piece, each only while the copy is the same, after it has asked whether it may", async () => {
    const { result: whole } = await ledToCopy(door(), url, (link) => read(link, [{}]));
    const { etag = "" } = whole.fields;
    const wanted = Array.from({ length: Math.ceil(BYTES / PIECE_BYTES) }, (_, piece) => {
      const start = piece * PIECE_BYTES;
      return { Range: `bytes=${start}-${Math.min(start + PIECE_BYTES, BYTES) - 1}`, "If-Match": etag };
    });
    const before = (await door().requests()).length;
    const { result, asked } = await ledToCopy(door(), url, (link) => read(link, wanted));
    expect(result).toMatchObject({ error: null, statuses: wanted.map(() => 206), sha256: sha256(body) });
    expect(result.fields["content-range"]).toBe(`bytes ${BYTES - 11}-${BYTES - 1}/${BYTES}`);
    expect(asked.map(({ range }) => range)).toEqual(wanted.map(({ Range }) => Range));
    const preflights = (await door().requests()).slice(before).filter(({ method }) => method === "OPTIONS");
    expect(preflights.map(({ status }) => status)).toEqual(preflights.map(() => 204));
    const places = new Set(preflights.map(({ path }) => path.split("/")[1]));
    expect(places).toEqual(new Set(["proxy", "f"]));
  });

  it("reads nothing in a page that is not allowed, whatever way it takes", async () => {
    const { location } = await untilHit(door().stack, url);
    const elsewhere = `http://${stranger}:${pages().port}`;
    for (const wanted of [{}, { "If-Match": '"x"' }]) {
      expect(await read(location, [wanted], elsewhere)).toMatchObject({ error: "TypeError", statuses: [] });
    }
    expect(await read(location, [{}])).toMatchObject({ error: null, statuses: [200] });
  });

  it("is told that a condition or a range does not fit", async () => {
    const wanted = [{ "If-Match": '"another"' }, { Range: `bytes=${BYTES}-` }];
    const { result } = await ledToCopy(door(), url, (link) => read(link, wanted));
    expect(result).toMatchObject({ error: null, statuses: [412, 416] });
    expect(result.fields["content-range"]).toBe(`bytes */${BYTES}`);
  });
}
