import { heldBytes } from "../../src/app/hold-bytes.ts";
import type { PassParts } from "../../src/app/pass-through.ts";
import { passThrough } from "../../src/app/pass-through.ts";
import type { PassWish } from "../../src/app/pass-wish.ts";
import type { Source } from "../../src/app/read-source.ts";
import type { Tenant } from "../../src/core/tenant.ts";
import type { OriginScript } from "../fakes/origin.ts";
import { fakePipe } from "../fakes/pipe.ts";
import { ACME, HELLO, makeWorld, register, sourceOf, URL_A } from "./world.ts";

export const STREAMING: Tenant = { ...ACME, fill: { ...ACME.fill, mode: "stream" } };
export const MIB = 2 ** 20;

/** A world of a tenant whose first downloads pass through, and the parts of it that they work with. */
export async function passingWorld(script: OriginScript = HELLO, tenant = STREAMING) {
  const world = makeWorld();
  register(world, tenant);
  world.origin.answers.set(URL_A, script);
  const source = await sourceOf(URL_A, null, tenant);
  const held = heldBytes();
  const parts: PassParts = { ...world, openPipe: fakePipe, held, aloneMs: 20_000 };
  return { world, source, key: source.key, parts, wish: wishFor(source, tenant), held };
}

/** A download of the source that may pass through. */
export function wishFor(
  { key, publicKey, identity, url, rule }: Source,
  tenant: Tenant,
  changes: Partial<PassWish> = {},
): PassWish {
  const request = {
    ...{ key, publicKey, boundTo: identity, url: url.fetchText, urlEndsAt: url.expiresAt },
    ...{ trusted: false, expiresAt: null, seen: "", tags: [], requestId: "request" },
  };
  return { tenant, rule, url, request, range: null, first: Promise.resolve(), ...changes };
}

/** What the client gets: its bytes, once all of them came; `null`: it is sent to the origin. */
export async function download(wish: PassWish, parts: PassParts): Promise<Uint8Array<ArrayBuffer> | null> {
  const passed = await passThrough(wish, parts);
  return passed && new Uint8Array(await new Response(passed.body).arrayBuffer());
}

/** Bytes that differ from place to place. */
export function bytesOf(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(length).map((_, at) => (at * 31 + (at >> 12)) & 255);
}
