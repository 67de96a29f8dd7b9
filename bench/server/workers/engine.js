import { digestStreamHash } from "../../../src/platform/cloudflare/digest-stream-hash.ts";
import { r2ObjectStore } from "../../../src/platform/cloudflare/r2-object-store.ts";
import { fetchOrigin } from "../../../src/platform/http/origin.ts";
import { fakeFillGate } from "../../../test/fakes/fill-gate.ts";
import { floor } from "./floor.js";
import { jobFrom, oneFill } from "./one-fill.ts";

/** A digest of nothing, for fills that only move bytes. */
const noHash = () => ({ update: async () => {}, digest: async () => "0".repeat(64) });

/** What the engine is not measured with. Reaching for it is an error. */
const unused = {};

/**
 * One way to fill: with the engine, or, to compare with, by nothing but a put of the answer's body, or floor.js. All fills of an order
 * are the same attempt: what is put at once does not ask the gate, and of what comes in parts there is one.
 */
async function fillerOf({ how, url, sha256 }, bucket) {
  if (how === "bare") return () => bare(url, bucket);
  if (how === "floor") return () => floor(url, sha256, bucket);
  const gate = fakeFillGate(Date);
  const parts = {
    ...{ origin: fetchOrigin(), store: r2ObjectStore(bucket), startHash: sha256 ? digestStreamHash : noHash },
    ...{ clock: Date, local: true, idleMs: 30_000, newGeneration: () => crypto.randomUUID() },
    ...{ report: console.error, gate, queue: unused, ledger: unused, index: unused, ring: unused },
  };
  const job = await jobFrom(url, gate);
  return () => oneFill(job, how === "parallel", parts);
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
    try {
      const fill = await fillerOf(way, OBJECTS);
      const next = async () => {
        for (; left > 0; ) {
          left -= 1;
          await fill();
        }
      };
      await Promise.all(Array.from({ length: atOnce }, next));
      return new Response(null, { status: 204 });
    } catch (error) {
      return new Response(error?.stack ?? String(error), { status: 500 });
    }
  },
};
