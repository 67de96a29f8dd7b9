import { bytesOf } from "../../core/crypto/base64.ts";
import type { Built } from "../built.ts";
import { answer } from "./answer.ts";

const FOR_EVER = "public, max-age=31536000, immutable";

/** The path of an asset by its plain name. */
export function assetPath(built: Built, name: string): string {
  const asset = built.assets[name];
  if (!asset) throw new Error(`nothing was built under the name ${name}`);
  return asset.path;
}

/** The asset of a path, or `null`: there is none. Compressed already, but for who takes no gzip. */
export async function serveAsset(request: Request, built: Built): Promise<Response | null> {
  const url = new URL(request.url);
  const asset = Object.values(built.assets).find(({ path }) => path === url.pathname);
  if (!asset) return null;
  const headers = { "Content-Type": asset.type, "Cache-Control": FOR_EVER, Vary: "Accept-Encoding" };
  const bytes = bytesOf(atob(asset.gzip));
  if (!acceptsGzip(request)) return answer({ url }, await plain(bytes), { headers });
  // `manual` tells workerd that the body is encoded already: others do not know it.
  const response = answer({ url }, null, { headers: { ...headers, "Content-Encoding": "gzip" } });
  return new Response(bytes, { headers: response.headers, encodeBody: "manual" } as ResponseInit);
}

async function plain(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  return await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

function acceptsGzip(request: Request): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(request.headers.get("Accept-Encoding") ?? "");
}
