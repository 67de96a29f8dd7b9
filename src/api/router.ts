import { type IRequest, Router } from "itty-router";
import { SnapbyteError } from "../core/errors.ts";
import type { Parts } from "./compose.ts";
import { type Handler, methods } from "./methods.ts";
import { describeEntryRoute, listEntriesRoute, purgeEntryRoute } from "./routes/cache.ts";
import { fileRoute } from "./routes/file.ts";
import { healthRoute } from "./routes/health.ts";
import { openApiRoute } from "./routes/openapi.ts";
import { preloadRoute } from "./routes/preload.ts";
import { proxyRoute } from "./routes/proxy.ts";

/** Answers a request; rejects with what `problem` makes an answer of. */
export type Answer = (request: Request, requestId: string) => Promise<Response>;

/** The table of contents of the API. */
export function routes(parts: Parts): Answer {
  const on = (handlers: Record<string, Handler>) => methods(handlers, parts);
  const router = Router()
    .all("/proxy", on({ GET: proxyRoute, HEAD: proxyRoute }))
    .all("/f/:token/:name", on({ GET: fileRoute, HEAD: fileRoute }))
    .all("/preload", on({ POST: preloadRoute }))
    .all("/cache", on({ GET: listEntriesRoute }))
    .all("/cache/:key+", on({ GET: describeEntryRoute, DELETE: purgeEntryRoute }))
    .all("/health", on({ GET: healthRoute }))
    .all("/openapi.json", on({ GET: openApiRoute }))
    .all("*", () => {
      throw new SnapbyteError("NOT_FOUND");
    });
  return async (request, requestId) => await router.fetch(request as IRequest, requestId);
}
