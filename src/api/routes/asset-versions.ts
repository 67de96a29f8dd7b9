import { listVersions, publishAsset, rollbackAsset } from "../../app/assets/assets.ts";
import { deliveryOrigin } from "../delivery-origin.ts";
import { answer, bodyOf, callerOf, expectNoBody, type ManagementCall, tenantOf } from "../management.ts";
import { parse } from "../parse.ts";
import { queryOf } from "../request-hints.ts";
import { assetRollback, versionQuery, versionToBody } from "../schemas/asset-versions.ts";
import { assetToBody } from "../schemas/assets.ts";
import { assetIdOf } from "./assets.ts";

/** `POST /assets/{id}/publish`: what it is now, as a version that never changes. */
export async function publishAssetRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "assets:write");
  await expectNoBody(call);
  const version = await publishAsset(tenant.id, assetIdOf(call), call.parts);
  const { id, number, asset, filename, content } = version;
  const told = { version_id: id, version_number: number, sha256: content.sha256 };
  await record("assets.publish", { id: asset, filename, ...told });
  return answer(versionToBody(version, deliveryOrigin(call.request, tenant, call.parts)), 201);
}

/** `GET /assets/{id}/versions`: what was published, the newest first. */
export async function listVersionsRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "assets:read");
  const { cursor = null, limit } = parse(versionQuery, queryOf(call.request));
  const versions = await listVersions(tenant.id, assetIdOf(call), { before: cursor, limit }, call.parts);
  const origin = deliveryOrigin(call.request, tenant, call.parts);
  const last = versions.at(-1);
  return answer({
    versions: versions.map((version) => versionToBody(version, origin)),
    cursor: versions.length === limit && last && last.number > 1 ? String(last.number) : null,
  });
}

/** `POST /assets/{id}/rollback`: makes an old version current. */
export async function rollbackAssetRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "assets:write");
  const { version_id: id, version_number: number = 0 } = await bodyOf(call, assetRollback);
  const asset = await rollbackAsset(tenant.id, assetIdOf(call), id === undefined ? { number } : { id }, call.parts);
  await record("assets.rollback", { id: asset.id, filename: asset.filename, sha256: asset.content.sha256 });
  return answer(assetToBody(asset, deliveryOrigin(call.request, tenant, call.parts)));
}
