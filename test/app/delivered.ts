import { type Delivery, deliver, type Served } from "../../src/app/deliver.ts";
import { type Link, linkToken } from "../../src/core/link.ts";
import { HOUR, NOON } from "../core/samples.ts";
import { STRANGER } from "./stored-copy.ts";
import type { World } from "./world.ts";

/** A link of an hour to a generation of an entry, without a way back unless it is given one. */
export function linkTo(changes: Pick<Link, "key" | "generation"> & Partial<Link>): Link {
  return {
    expiresAt: NOON + HOUR,
    originUrl: null,
    presentation: null,
    network: null,
    epoch: 0,
    sha256: null,
    size: null,
    rule: null,
    ...changes,
  };
}

/** What a GET of this token is answered with. */
export async function get(world: World, token: string): Promise<Delivery> {
  return await deliver({ ...STRANGER, token, headers: new Headers() }, world);
}

/** The head of a link's copy, its bytes unread. Throws when there is none. */
export async function served(world: World, link: Link): Promise<Served> {
  const delivery = await get(world, await linkToken(world.ring, link));
  if ("location" in delivery) throw new Error(`it is not served, but sent to ${delivery.location}`);
  return delivery;
}

/** What the holder of a link gets: the bytes as text, or the address that they are sent to. */
export async function answered(world: World, link: Link): Promise<string> {
  const delivery = await get(world, await linkToken(world.ring, link));
  return await bytesOrPlace(delivery);
}

/** The bytes of an answer as text, or the address that it leads to. */
export async function bytesOrPlace(delivery: Delivery): Promise<string> {
  return "location" in delivery ? delivery.location : await new Response(delivery.body).text();
}
