import { createHash } from "node:crypto";
import type { FillSizes } from "../../src/core/fills/fill-choice.ts";
import type { FillMessage } from "../../src/core/fills/fill-message.ts";
import type { Origin } from "../../src/ports/origin.ts";
import type { OriginScript } from "../fakes/origin.ts";
import { makeWorld, onlyMessage, sourceOf, URL_A, type World, want } from "./world.ts";

/** As the real ones, a million times smaller: up to 20 bytes are put at once, and from 400 on four lanes work. */
export const SMALL: FillSizes = {
  putBytes: 20,
  partBytes: 10,
  parallelBytes: 400,
  lanes: 4,
  maxParts: 1000,
};

/** Bytes none of whose parts are alike. */
export function pattern(length: number, first = 1): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(length / 4));
  for (let index = 0; index < words.length; index += 1) words[index] = Math.imul(index + first, 2_654_435_761);
  return new Uint8Array(words.buffer, 0, length);
}

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** An object of an origin that does ranges. `etag` says which version. */
export function ranged(body: Uint8Array<ArrayBuffer>, headers: Record<string, string | null> = {}): OriginScript {
  return { status: 200, headers: { etag: '"v1"', "accept-ranges": "bytes", ...headers }, body };
}

/** The parts of the world with {@link SMALL} in the place of the real sizes. */
export type SmallWorld = World & { readonly sizes: FillSizes };

type Named = { readonly key?: string; readonly url?: string };

/** A world of small parts in which one fill is wanted, its message, and the bytes that its origin sent. */
export async function smallWorld(script: OriginScript, { key, url = URL_A }: Named = {}) {
  const made = makeWorld();
  const sent = { bytes: 0 };
  const world: SmallWorld = { ...made, sizes: SMALL, origin: { ...made.origin, ...counting(made.origin, sent) } };
  world.origin.answers.set(url, script);
  const source = await sourceOf(url, key ?? null);
  await want(source, world);
  const message: FillMessage = onlyMessage(world);
  return { world, source, key: source.key, message, sent };
}

/** The origin, whose bodies come in pieces of a few bytes, each only when it is asked for. */
export function counting(origin: Origin, sent: { bytes: number }, pieceBytes = 4): Pick<Origin, "open"> {
  return {
    async open(...asked) {
      const answer = await origin.open(...asked);
      return { ...answer, body: answer.body && inPieces(answer.body, pieceBytes, sent) };
    },
  };
}

function inPieces(
  body: ReadableStream<Uint8Array>,
  pieceBytes: number,
  sent: { bytes: number },
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let rest = new Uint8Array();
  return new ReadableStream({
    type: "bytes",
    async pull(controller) {
      if (rest.length === 0) {
        const { value, done } = await reader.read();
        if (done) {
          controller.close();
          return controller.byobRequest?.respond(0);
        }
        rest = value.slice();
      }
      const piece = rest.slice(0, pieceBytes);
      rest = rest.slice(pieceBytes);
      sent.bytes += piece.length;
      controller.enqueue(piece);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** What lies in the store: of a fill that came to an end, one object and no upload. */
export function storedIn({ store }: World): { readonly objects: readonly string[]; readonly uploads: number } {
  return { objects: [...store.objects.values()].map(({ bytes }) => sha256(bytes)), uploads: store.uploads.size };
}

/** The parts that were asked for, by their first byte, in the order of the calls; `null`: the whole. */
export function askedFor({ origin }: World): (number | null)[] {
  return origin.calls
    .filter(({ what }) => what === "open")
    .map(({ fields }) => (fields?.range === undefined ? null : Number(/=(\d+)-/.exec(fields.range)?.[1])));
}
