import { digestStreamHash } from "../../../src/platform/cloudflare/digest-stream-hash.ts";
import { r2ObjectStore } from "../../../src/platform/cloudflare/r2-object-store.ts";
import { fetchOrigin } from "../../../src/platform/http/origin.ts";
import { fakeFillGate } from "../../../test/fakes/fill-gate.ts";
import { oneFill } from "./one-fill.ts";

/** A digest of nothing, for fills that only move bytes. */
const noHash = () => ({ update: async () => {}, digest: async () => "0".repeat(64) });

/** What the engine is not measured with. Reaching for it is an error. */
const unused = {};

/** One way to fill: with the engine, or, to compare with, by nothing but a put of the answer's body. */
function fillOnce({ how, url, sha256 }, bucket) {
  if (how === "bare") return bare(url, bucket);
  return oneFill(url, how === "parallel", () => fakeFillGate(Date), {
    ...{ origin: fetchOrigin(), store: r2ObjectStore(bucket), startHash: sha256 ? digestStreamHash : noHash },
    ...{ clock: Date, local: true, idleMs: 30_000, newGeneration: () => crypto.randomUUID() },
    ...{ report: console.error, queue: unused, ledger: unused, index: unused, ring: unused },
  });
}

async function bare(url, bucket) {
  const { body } = await fetch(url);
  await bucket.put(crypto.randomUUID(), body);
}

/** Fills so many times, so many at a time, as the JSON of the request says. */
export default {
  async fetch(request, { OBJECTS }) {
    const { times, atOnce, ...way } = await request.json();
    let left = times;
    async function next() {
      for (; left > 0; ) {
        left -= 1;
        await fillOnce(way, OBJECTS);
      }
    }
    try {
      await Promise.all(Array.from({ length: atOnce }, next));
      return new Response(null, { status: 204 });
    } catch (error) {
      return new Response(error?.stack ?? String(error), { status: 500 });
    }
  },
};
