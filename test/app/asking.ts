import { type Ask, type Redirect, resolve } from "../../src/app/resolve.ts";
import { ACME, HELLO, makeReady, makeWorld, sourceOf, URL_A, utf8, type World } from "./world.ts";

export const OPEN = "https://files.example.com/open/a.mp4";
export const HIT = "snapbyte; hit";
export const MISS = "snapbyte; fwd=uri-miss";
export const STALE = "snapbyte; fwd=stale";
export const BYPASS = "snapbyte; fwd=bypass";

type Changes = Partial<Omit<Ask, "source">> & { readonly url?: string; readonly key?: string };

export async function ask(world: World, { url = URL_A, key, ...changes }: Changes = {}) {
  const source = await sourceOf(url, key, changes.tenant);
  const asked = { tenant: ACME, source, trusted: false, signed: null, method: "GET", requestId: "request-1" } as const;
  const redirect = await resolve({ ...asked, credentialed: false, passing: null, ...changes }, world);
  await world.settled();
  return counted(redirect, world);
}

/** What a client hears of a redirect. What it counts as is recorded, as whoever sends downloads does. */
export function counted({ event, ...redirect }: Redirect, { usage }: World): Omit<Redirect, "event"> {
  usage.record(event);
  return redirect;
}

export async function readyWorld(url = URL_A): Promise<World> {
  const world = makeWorld();
  world.origin.answers.set(OPEN, HELLO);
  await makeReady(world, await sourceOf(url));
  world.origin.calls.splice(0);
  world.usage.events.splice(0);
  return world;
}

/** The origin has had another version since. */
export function change({ origin }: World, script: { etag?: string; body?: string }): void {
  const { etag = '"hello-2"', body = "hello" } = script;
  origin.answers.set(URL_A, { ...HELLO, headers: { etag }, body: utf8(body) });
}

export const probes = ({ origin }: World) => origin.calls.filter(({ what }) => what === "probe").length;
