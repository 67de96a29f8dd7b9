import { type IRequest, Router } from "itty-router";
import { SnapbyteError } from "../core/errors.ts";
import type { Door } from "../core/hosts/door.ts";
import { behindDoor } from "./behind-door.ts";
import type { Parts } from "./compose.ts";
import { type Handler, methods } from "./methods.ts";
import { changeAccessRoute, describeAccessRoute } from "./routes/access.ts";
import { listAuditRoute } from "./routes/audit.ts";
import { describeEntryRoute, listEntriesRoute, purgeEntryRoute } from "./routes/cache.ts";
import { addCnameRoute, listCnamesRoute, removeCnameRoute } from "./routes/cnames.ts";
import { fileRoute } from "./routes/file.ts";
import { changeFillsRoute, describeFillsRoute } from "./routes/fills.ts";
import { healthRoute } from "./routes/health.ts";
import { addHostRoute, describeHostRoute, listHostsRoute, removeHostRoute } from "./routes/hosts.ts";
import { inspectRoute } from "./routes/inspect.ts";
import { addLinkKeyRoute, listLinkKeysRoute, removeLinkKeyRoute, rotateLinkKeysRoute } from "./routes/link-keys.ts";
import { makeLinkRoute } from "./routes/links.ts";
import { openApiRoute } from "./routes/openapi.ts";
import { fileOptionsRoute, proxyOptionsRoute, rawProxyOptionsRoute } from "./routes/options.ts";
import {
  addOriginRoute,
  changeOriginRoute,
  describeOriginRoute,
  listOriginsRoute,
  removeOriginRoute,
} from "./routes/origins.ts";
import { describeBatchRoute, preloadRoute } from "./routes/preload.ts";
import { proxyRoute, rawProxyRoute } from "./routes/proxy.ts";
import { describePurgeRoute, purgeRoute } from "./routes/purge.ts";
import { revokeLinksRoute } from "./routes/revoke-links.ts";
import { changeServingRoute, describeServingRoute } from "./routes/serving.ts";
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
  const on = (handlers: Record<string, Handler>, door: Door = "management") =>
    behindDoor(door, methods(handlers, parts), parts);
  const router = Router()
    .all("/proxy", on({ GET: proxyRoute, HEAD: proxyRoute, OPTIONS: proxyOptionsRoute }, "delivery"))
    .all("/proxy/*", on({ GET: rawProxyRoute, HEAD: rawProxyRoute, OPTIONS: rawProxyOptionsRoute }, "delivery"))
    .all("/f/:token/:name", on({ GET: fileRoute, HEAD: fileRoute, OPTIONS: fileOptionsRoute }, "delivery"))
    .all("/preload", on({ POST: preloadRoute }))
    .all("/preload/:batch", on({ GET: describeBatchRoute }))
    .all("/cache", on({ GET: listEntriesRoute }))
    .all("/cache/:key+", on({ GET: describeEntryRoute, DELETE: purgeEntryRoute }))
    .all("/purge", on({ POST: purgeRoute }))
    .all("/purge/:id", on({ GET: describePurgeRoute }))
    .all("/audit", on({ GET: listAuditRoute }))
    .all("/inspect", on({ POST: inspectRoute }))
    .all("/access", on({ GET: describeAccessRoute, PATCH: changeAccessRoute }))
    .all("/fills", on({ GET: describeFillsRoute, PATCH: changeFillsRoute }))
    .all("/origins", on({ GET: listOriginsRoute, POST: addOriginRoute }))
    .all("/origins/:id", on({ GET: describeOriginRoute, PATCH: changeOriginRoute, DELETE: removeOriginRoute }))
    .all("/serving", on({ GET: describeServingRoute, PATCH: changeServingRoute }))
    .all("/hosts", on({ GET: listHostsRoute, POST: addHostRoute }))
    .all("/hosts/:host", on({ GET: describeHostRoute, DELETE: removeHostRoute }))
    .all("/cnames", on({ GET: listCnamesRoute, POST: addCnameRoute }))
    .all("/cnames/:host", on({ DELETE: removeCnameRoute }))
    .all("/verification-keys", on({ GET: listVerificationKeysRoute, POST: addVerificationKeysRoute }))
    .all("/verification-keys/:id", on({ DELETE: removeVerificationKeyRoute }))
    .all("/verification-keys/:id/rotate", on({ POST: rotateVerificationKeyRoute }))
    .all("/link-keys", on({ GET: listLinkKeysRoute, POST: addLinkKeyRoute }))
    .all("/link-keys/rotate", on({ POST: rotateLinkKeysRoute }))
    .all("/link-keys/:kid", on({ DELETE: removeLinkKeyRoute }))
    .all("/links", on({ POST: makeLinkRoute }))
    .all("/links/revoke", on({ POST: revokeLinksRoute }))
    .all("/health", on({ GET: healthRoute }, "health"))
    .all("/openapi.json", on({ GET: openApiRoute }))
    .all("*", behindDoor("management", nothing, parts));
  return async (request, requestId) => {
    try {
      return await router.fetch(request as IRequest, requestId);
    } catch (error) {
      // A Host that is no name makes no URL, which the router is the first to read.
      throw URL.canParse(request.url) ? error : new SnapbyteError("UNKNOWN_HOST");
    }
  };
}

async function nothing(): Promise<Response> {
  throw new SnapbyteError("NOT_FOUND");
}
