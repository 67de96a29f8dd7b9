import { type FillOutcome, fill } from "../../src/app/fill.ts";
import { MINUTE } from "../core/samples.ts";
import type { OriginScript } from "../fakes/origin.ts";
import { HELLO, makeWorld, onlyMessage, sourceOf, URL_A, utf8, type World, want } from "./world.ts";

export const DONE: FillOutcome = { done: true };

/** A world in which one fill is wanted, and its message. */
export async function wantedWorld(script: OriginScript = HELLO, wish: Parameters<typeof want>[2] = {}) {
  const world = makeWorld();
  const source = await sourceOf();
  world.origin.answers.set(URL_A, script);
  await want(source, world, wish);
  return { world, source, key: source.key, message: onlyMessage(world) };
}

/** Another version of the object; its ETag and its bytes say which. */
export const version = (text: string): OriginScript => ({ ...HELLO, headers: { etag: `"${text}"` }, body: utf8(text) });

export const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

export const opens = ({ origin }: World) => origin.calls.filter(({ what }) => what === "open").length;

/** The copy is there, the index has forgotten it, and another fill is wanted. */
export async function readyAndWanted() {
  const { world, source, key, message } = await wantedWorld();
  await fill(message, 1, world);
  world.index.entries.clear();
  world.clock.advance(MINUTE);
  await want(source, world);
  return { world, key, message: onlyMessage(world) };
}

/** A body that brings one byte, does `then`, and brings no more. */
export function bodyWith(then: (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>) => unknown) {
  let pulled = false;
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      if (!pulled) controller.enqueue(utf8("h"));
      else await then(controller);
      pulled = true;
    },
  });
}
