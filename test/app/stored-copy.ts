import { deliver } from "../../src/app/deliver.ts";
import { type Link, linkToken } from "../../src/core/link.ts";
import { BARE } from "../contracts/object-store.contract.ts";
import { HOUR, NOON, presigned } from "../core/samples.ts";
import { makeWorld, sourceOf, URL_A, utf8, type World } from "./world.ts";

export const DATE = "Fri, 20 Nov 2026 11:00:00 GMT";
export const LATER = "Fri, 20 Nov 2026 11:00:01 GMT";
export const EARLIER = "Fri, 20 Nov 2026 10:59:59 GMT";
export const HEADERS = { ...BARE, contentType: "video/mp4", etag: '"v1"', lastModified: DATE };
export const SHORT_LIVED = presigned("https://bucket.s3.amazonaws.com/a.mp4", { expires: "60" });

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
  };
  await world.store.put(`acme/${key.id}/generation-1`, utf8("0123456789"), HEADERS);
  return { world, link };
}

export type Asked = {
  readonly method?: "GET" | "HEAD";
  readonly headers?: Record<string, string>;
  readonly address?: string | null;
};

export async function ask(
  world: World,
  link: Link | string,
  { method = "GET", headers = {}, address = "192.0.2.1" }: Asked = {},
) {
  const token = typeof link === "string" ? link : await linkToken(world.ring, link);
  return await deliver({ token, method, headers: new Headers(headers), address }, world);
}
