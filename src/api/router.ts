import { type IRequest, Router } from "itty-router";
import { SnapbyteError } from "../core/errors.ts";
import type { Door } from "../core/hosts/door.ts";
import type { Answer } from "./answers.ts";
import { behindDoor } from "./behind-door.ts";
import type { ManagementParts } from "./compose-management.ts";
import { type Handler, methods, type Route } from "./methods.ts";
import { changeAccessRoute, describeAccessRoute } from "./routes/access.ts";
import {
  assetOptionsRoute,
  downloadAssetRoute,
  downloadByTokenRoute,
  downloadVersionRoute,
} from "./routes/asset-downloads.ts";
import { addTokenRoute, listTokensRoute, removeTokenRoute } from "./routes/asset-tokens.ts";
import { listVersionsRoute, publishAssetRoute, rollbackAssetRoute } from "./routes/asset-versions.ts";
import {
  changeAssetRoute,
  describeAssetRoute,
  listAssetsRoute,
  removeAssetRoute,
  replaceContentRoute,
  uploadAssetRoute,
} from "./routes/assets.ts";
import { listAuditRoute, noteAuditRoute } from "./routes/audit.ts";
import {
  bindCustomerRoute,
  claimReportsRoute,
  describeBillingRoute,
  hearBillingRoute,
  settleReportsRoute,
} from "./routes/billing.ts";
import { describeEntryRoute, listEntriesRoute, purgeEntryRoute } from "./routes/cache.ts";
import { addCnameRoute, listCnamesRoute, removeCnameRoute } from "./routes/cnames.ts";
import { listDeadLettersRoute, replayDeadLetterRoute } from "./routes/dead-letters.ts";
import { changeFillsRoute, describeFillsRoute } from "./routes/fills.ts";
import { healthRoute } from "./routes/health.ts";
import { addHostRoute, describeHostRoute, listHostsRoute, removeHostRoute } from "./routes/hosts.ts";
import { inspectRoute } from "./routes/inspect.ts";
import { addKeyRoute, describeKeyRoute, listKeysRoute, revokeKeyRoute, rotateKeyRoute } from "./routes/keys.ts";
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
import { describePlanRoute } from "./routes/plan.ts";
import { describeBatchRoute, preloadRoute } from "./routes/preload.ts";
import { pricesRoute } from "./routes/prices.ts";
import { describePurgeRoute, purgeRoute } from "./routes/purge.ts";
import { revokeLinksRoute } from "./routes/revoke-links.ts";
import { allSavingsRoute, savingsRoute } from "./routes/savings.ts";
import { changeServingRoute, describeServingRoute } from "./routes/serving.ts";
import { statusRoute } from "./routes/status.ts";
import { storageRoute } from "./routes/storage.ts";
import {
  addTenantRoute,
  changeTenantRoute,
  describeTenantRoute,
  listTenantsRoute,
  resumeTenantRoute,
  suspendTenantRoute,
} from "./routes/tenants.ts";
import {
  appendTusRoute,
  createTusRoute,
  describeTusRoute,
  overriddenTusRoute,
  terminateTusRoute,
  tusOptionsRoute,
} from "./routes/tus.ts";
import {
  beginUploadRoute,
  cancelUploadRoute,
  completeUploadRoute,
  describeUploadRoute,
  makeUploadTokenRoute,
  takeChunkRoute,
} from "./routes/uploads.ts";
import { allUsageRoute, usageRoute } from "./routes/usage.ts";
import {
  addVerificationKeysRoute,
  listVerificationKeysRoute,
  removeVerificationKeyRoute,
  rotateVerificationKeyRoute,
} from "./routes/verification-keys.ts";
import { asItStands } from "./undecodable.ts";
import { uploadOptionsRoute } from "./uploader.ts";

/** An upload of the tus protocol. */
const TUS_UPLOAD = {
  ...{ HEAD: describeTusRoute, PATCH: appendTusRoute, DELETE: terminateTusRoute, OPTIONS: tusOptionsRoute },
  POST: overriddenTusRoute,
};

/** The table of contents of the API, but for downloads: those are in downloads.ts. */
export function routes(parts: ManagementParts): Answer {
  const on = (handlers: Record<string, Handler<ManagementParts>>, door: Door = "management") =>
    routed(behindDoor(door, methods(handlers, parts), parts));
  const download = (route: Handler<ManagementParts>) =>
    routed(behindDoor("delivery", asItStands(methods(downloading(route), parts)), parts));
  const router = Router()
    .all("/preload", on({ POST: preloadRoute }))
    .all("/preload/:batch", on({ GET: describeBatchRoute }))
    .all("/cache", on({ GET: listEntriesRoute }))
    .all("/cache/:key+", on({ GET: describeEntryRoute, DELETE: purgeEntryRoute }))
    .all("/purge", on({ POST: purgeRoute }))
    .all("/purge/:id", on({ GET: describePurgeRoute }))
    .all("/audit", on({ GET: listAuditRoute, POST: noteAuditRoute }))
    .all("/usage", on({ GET: usageRoute }))
    .all("/usage/all", on({ GET: allUsageRoute }))
    .all("/savings", on({ GET: savingsRoute }))
    .all("/savings/all", on({ GET: allSavingsRoute }))
    .all("/storage", on({ GET: storageRoute }))
    .all("/prices", on({ GET: pricesRoute }))
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
    .all("/keys", on({ GET: listKeysRoute, POST: addKeyRoute }))
    .all("/keys/:id", on({ GET: describeKeyRoute, DELETE: revokeKeyRoute }))
    .all("/keys/:id/rotate", on({ POST: rotateKeyRoute }))
    .all("/api/upload/init", on({ POST: beginUploadRoute, OPTIONS: uploadOptionsRoute }))
    .all("/api/upload/chunk", on({ PUT: takeChunkRoute, OPTIONS: uploadOptionsRoute }))
    .all("/api/upload/complete", on({ POST: completeUploadRoute, OPTIONS: uploadOptionsRoute }))
    .all("/api/upload/cancel", on({ POST: cancelUploadRoute, OPTIONS: uploadOptionsRoute }))
    .all("/api/upload/token", on({ POST: makeUploadTokenRoute }))
    .all("/api/upload/:upload/status", on({ GET: describeUploadRoute, OPTIONS: uploadOptionsRoute }))
    .all("/files", on({ POST: createTusRoute, OPTIONS: tusOptionsRoute }))
    .all("/files/:upload", on(TUS_UPLOAD))
    .all("/plan", on({ GET: describePlanRoute }))
    .all("/tenants", on({ GET: listTenantsRoute, POST: addTenantRoute }))
    .all("/tenants/:id", on({ GET: describeTenantRoute, PATCH: changeTenantRoute }))
    .all("/tenants/:id/suspend", on({ POST: suspendTenantRoute }))
    .all("/tenants/:id/resume", on({ POST: resumeTenantRoute }))
    .all("/status", on({ GET: statusRoute }))
    .all("/dead-letters", on({ GET: listDeadLettersRoute }))
    .all("/dead-letters/:id/replay", on({ POST: replayDeadLetterRoute }))
    .all("/tenants/:id/billing", on({ GET: describeBillingRoute, PATCH: bindCustomerRoute }))
    .all("/billing/events", on({ POST: hearBillingRoute }))
    .all("/billing/reports", on({ POST: claimReportsRoute, PATCH: settleReportsRoute }))
    .all("/assets", on({ GET: listAssetsRoute }))
    .all("/assets/upload", on({ POST: uploadAssetRoute }))
    .all("/assets/public/:version_id", download(downloadVersionRoute))
    .all("/assets/private/:token", download(downloadByTokenRoute))
    .all("/assets/:id", on({ GET: describeAssetRoute, PATCH: changeAssetRoute, DELETE: removeAssetRoute }))
    .all("/assets/:id/download", download(downloadAssetRoute))
    .all("/assets/:id/content", on({ PUT: replaceContentRoute }))
    .all("/assets/:id/publish", on({ POST: publishAssetRoute }))
    .all("/assets/:id/versions", on({ GET: listVersionsRoute }))
    .all("/assets/:id/rollback", on({ POST: rollbackAssetRoute }))
    .all("/assets/:id/access-token", on({ POST: addTokenRoute }))
    .all("/assets/:id/access-tokens", on({ GET: listTokensRoute }))
    .all("/assets/:id/access-token/:token_id", on({ DELETE: removeTokenRoute }))
    .all("/health", on({ GET: healthRoute }, "health"))
    .all("/openapi.json", on({ GET: openApiRoute }))
    .all("*", routed(behindDoor("management", nothing, parts)));
  return async (request, requestId) => await router.fetch(request as unknown as IRequest, requestId);
}

/** The methods of a download. */
function downloading(route: Handler<ManagementParts>) {
  return { GET: route, HEAD: route, OPTIONS: assetOptionsRoute };
}

/** The router leaves parameters as they stand in the path. */
function routed(route: Route) {
  return (request: IRequest, requestId: string) => route(request as unknown as Request, requestId, request.params);
}

async function nothing(): Promise<Response> {
  throw new SnapbyteError("NOT_FOUND");
}
