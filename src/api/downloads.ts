import { behindDoor } from "./behind-door.ts";
import type { DownloadParts } from "./compose.ts";
import { type Handler, methods, type Route } from "./methods.ts";
import { pathOf } from "./request-path.ts";
import { fileRoute } from "./routes/file.ts";
import { fileOptionsRoute, proxyOptionsRoute, rawProxyOptionsRoute } from "./routes/options.ts";
import { proxyRoute, rawProxyRoute } from "./routes/proxy.ts";

const PROXY = /^\/proxy\/*$/;
const RAW_PROXY = /^\/proxy\//;
const FILE = /^\/f\/([^/]+)\/([^/]+)\/*$/;

/** Answers a download; `null`: the request is for something else. Throws as {@link pathOf} does. */
export type Downloads = (...request: Parameters<Route>) => Promise<Response> | null;

/** Whether a request is for a download. Throws as {@link pathOf} does. */
export function isDownload({ method, url }: Pick<Request, "method" | "url">): boolean {
  if (method !== "GET" && method !== "HEAD") return false;
  const path = pathOf(url);
  return [PROXY, RAW_PROXY, FILE].some((download) => download.test(path));
}

/** The paths of downloads, told apart without a router: one costs more than a hit, and must be loaded first. */
export function downloads(parts: DownloadParts): Downloads {
  const on = (handlers: Record<string, Handler>) => behindDoor("delivery", methods(handlers, parts), parts);
  const proxy = on({ GET: proxyRoute, HEAD: proxyRoute, OPTIONS: proxyOptionsRoute });
  const rawProxy = on({ GET: rawProxyRoute, HEAD: rawProxyRoute, OPTIONS: rawProxyOptionsRoute });
  const file = on({ GET: fileRoute, HEAD: fileRoute, OPTIONS: fileOptionsRoute });
  return (request, requestId) => {
    const path = pathOf(request.url);
    if (PROXY.test(path)) return proxy(request, requestId);
    if (RAW_PROXY.test(path)) return rawProxy(request, requestId);
    const [, token, name] = FILE.exec(path) ?? [];
    return token && name ? file(request, requestId, { token, name }) : null;
  };
}
