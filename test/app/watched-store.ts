import type { ByteRange } from "../../src/core/http/byte-range.ts";
import type { ObjectStore } from "../../src/ports/object-store.ts";

/** A read of the store: which call, what of the object, and what became of its body; a head has none. */
export type WatchedRead = {
  readonly call: "get" | "head";
  readonly range: ByteRange | null;
  became: "open" | "read" | "cancelled" | "no body";
};

/** The store, whose bodies come byte by byte and only as they are asked for. `reads`: each look at an object. */
export function watched<Store extends ObjectStore>(store: Store): { store: Store; reads: WatchedRead[] } {
  const reads: WatchedRead[] = [];
  const begin = (read: WatchedRead) => reads[reads.push(read) - 1] as WatchedRead;
  return {
    reads,
    store: {
      ...store,
      async head(key: string) {
        begin({ call: "head", range: null, became: "no body" });
        return await store.head(key);
      },
      async get(key: string, range: ByteRange | null) {
        const read = begin({ call: "get", range, became: "no body" });
        const found = await store.get(key, range);
        if (!found) return null;
        read.became = "open";
        return { ...found, body: byteByByte(found.body, read) };
      },
    },
  };
}

function byteByByte(body: ReadableStream<Uint8Array>, read: WatchedRead): ReadableStream<Uint8Array> {
  let bytes: Promise<Uint8Array> | null = null;
  let at = 0;
  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      bytes ??= new Response(body).bytes();
      const all = await bytes;
      if (at < all.length) return controller.enqueue(all.slice(at, ++at));
      read.became = "read";
      controller.close();
    },
    cancel() {
      read.became = "cancelled";
    },
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}

/** What became of the bodies, in the order in which they were asked for. */
export function bodiesOf(reads: readonly WatchedRead[]): string[] {
  return reads.filter(({ call }) => call === "get").map(({ became }) => became);
}
