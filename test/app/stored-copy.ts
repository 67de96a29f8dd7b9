import { type DeliverParts, type DeliverRequest, type Delivery, deliver, type Served } from "../../src/app/deliver.ts";
import { type Link, linkToken } from "../../src/core/link.ts";
import { BARE } from "../contracts/object-store.contract.ts";
import { HOUR, NOON, presigned } from "../core/samples.ts";
import { makeWorld, sourceOf, URL_A, utf8 } from "./world.ts";

export const DATE = "Fri, 20 Nov 2026 11:00:00 GMT";
export const LATER = "Fri, 20 Nov 2026 11:00:01 GMT";
export const EARLIER = "Fri, 20 Nov 2026 10:59:59 GMT";
export const HEADERS = { ...BARE, contentType: "video/mp4", etag: '"v1"', lastModified: DATE };
export const SHORT_LIVED = presigned("https://bucket.s3.amazonaws.com/a.mp4", { expires: "60" });

/** A GET by somebody of whom we know nothing, at a host that is no tenant's own. */
export const STRANGER = {
  ...{ method: "GET", acceptEncoding: null, host: "files.test", hostTenant: null, address: "192.0.2.1" },
} as const satisfies Partial<DeliverRequest>;

/** A world that holds `0123456789`, and the link to it. */
export async function storedWorld() {
  const world = makeWorld();
  const { key } = await sourceOf();
  const link: Link = {
    key,
    generation: "generation-1",
    expiresAt: NOON + HOUR,
    originUrl: URL_A,
    presentation: null,
    network: null,
    epoch: 0,
    sha256: null,
    size: 10,
    rule: null,
  };
  await world.store.put(`acme/${key.id}/generation-1`, utf8("0123456789"), HEADERS);
  return { world, link };
}

export type Asked = Partial<Omit<DeliverRequest, "token" | "headers">> & {
  readonly headers?: Record<string, string>;
};

export async function ask(
  world: DeliverParts,
  link: Link | string,
  { headers = {}, ...asked }: Asked = {},
): Promise<Delivery> {
  const token = typeof link === "string" ? link : await linkToken(world.ring, link);
  return await deliver({ ...STRANGER, ...asked, token, headers: new Headers(headers) }, world);
}

/** The same of what is served. Throws when its holder is sent elsewhere. */
export async function askServed(world: DeliverParts, link: Link | string, asked: Asked = {}): Promise<Served> {
  const delivery = await ask(world, link, asked);
  if ("location" in delivery) throw new Error(`it is not served, but sent to ${delivery.location}`);
  return delivery;
}
