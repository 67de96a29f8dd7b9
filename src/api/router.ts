import { type IRequest, Router } from "itty-router";
import { SnapbyteError } from "../core/errors.ts";
import type { Parts } from "./compose.ts";
import { type Handler, methods } from "./methods.ts";
import { changeAccessRoute, describeAccessRoute } from "./routes/access.ts";
import { describeEntryRoute, listEntriesRoute, purgeEntryRoute } from "./routes/cache.ts";
import { addCnameRoute, listCnamesRoute, removeCnameRoute } from "./routes/cnames.ts";
import { fileRoute } from "./routes/file.ts";
import { changeFillsRoute, describeFillsRoute } from "./routes/fills.ts";
import { healthRoute } from "./routes/health.ts";
import { inspectRoute } from "./routes/inspect.ts";
import { addLinkKeyRoute, listLinkKeysRoute, removeLinkKeyRoute, rotateLinkKeysRoute } from "./routes/link-keys.ts";
import { makeLinkRoute } from "./routes/links.ts";
import { openApiRoute } from "./routes/openapi.ts";
import {
  addOriginRoute,
  changeOriginRoute,
  describeOriginRoute,
  listOriginsRoute,
  removeOriginRoute,
} from "./routes/origins.ts";
import { describeBatchRoute, preloadRoute } from "./routes/preload.ts";
import { proxyRoute, rawProxyRoute } from "./routes/proxy.ts";
import {
  addVerificationKeysRoute,
  listVerificationKeysRoute,
  removeVerificationKeyRoute,
  rotateVerificationKeyRoute,
} from "./routes/verification-keys.ts";

/** Answers a request; rejects with what `problem` makes an answer of. */
export type Answer = (request: Request, requestId: string) => Promise<Response>;

/** The table of contents of the API. */
export function routes(parts: Parts): Answer {
  const on = (handlers: Record<string, Handler>) => methods(handlers, parts);
  const router = Router()
    .all("/proxy", on({ GET: proxyRoute, HEAD: proxyRoute }))
    .all("/proxy/*", on({ GET: rawProxyRoute, HEAD: rawProxyRoute }))
    .all("/f/:token/:name", on({ GET: fileRoute, HEAD: fileRoute }))
    .all("/preload", on({ POST: preloadRoute }))
    .all("/preload/:batch", on({ GET: describeBatchRoute }))
    .all("/cache", on({ GET: listEntriesRoute }))
    .all("/cache/:key+", on({ GET: describeEntryRoute, DELETE: purgeEntryRoute }))
    .all("/inspect", on({ POST: inspectRoute }))
    .all("/access", on({ GET: describeAccessRoute, PATCH: changeAccessRoute }))
    .all("/fills", on({ GET: describeFillsRoute, PATCH: changeFillsRoute }))
    .all("/origins", on({ GET: listOriginsRoute, POST: addOriginRoute }))
    .all("/origins/:id", on({ GET: describeOriginRoute, PATCH: changeOriginRoute, DELETE: removeOriginRoute }))
    .all("/cnames", on({ GET: listCnamesRoute, POST: addCnameRoute }))
    .all("/cnames/:host", on({ DELETE: removeCnameRoute }))
    .all("/verification-keys", on({ GET: listVerificationKeysRoute, POST: addVerificationKeysRoute }))
    .all("/verification-keys/:id", on({ DELETE: removeVerificationKeyRoute }))
    .all("/verification-keys/:id/rotate", on({ POST: rotateVerificationKeyRoute }))
    .all("/link-keys", on({ GET: listLinkKeysRoute, POST: addLinkKeyRoute }))
    .all("/link-keys/rotate", on({ POST: rotateLinkKeysRoute }))
    .all("/link-keys/:kid", on({ DELETE: removeLinkKeyRoute }))
    .all("/links", on({ POST: makeLinkRoute }))
    .all("/health", on({ GET: healthRoute }))
    .all("/openapi.json", on({ GET: openApiRoute }))
    .all("*", () => {
      throw new SnapbyteError("NOT_FOUND");
    });
  return async (request, requestId) => await router.fetch(request as IRequest, requestId);
}
