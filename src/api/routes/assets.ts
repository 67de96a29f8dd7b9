import { changeAsset, describeAsset, listAssets, removeAsset } from "../../app/assets/assets.ts";
import type { Incoming } from "../../app/assets/incoming.ts";
import { replaceContent, uploadAsset } from "../../app/assets/upload.ts";
import type { Asset } from "../../core/assets/asset.ts";
import { SnapbyteError } from "../../core/errors.ts";
import type { Tenant } from "../../core/tenant.ts";
import { deliveryOrigin } from "../delivery-origin.ts";
import { answer, bodyOf, callerOf, type ManagementCall, tenantOf } from "../management.ts";
import { parse } from "../parse.ts";
import { queryOf } from "../request-hints.ts";
import { assetChange, assetQuery, assetToBody, uploadQuery } from "../schemas/assets.ts";

/** What nothing is named by may be what Postgres cannot even be asked for. */
const ID = /^[\w-]{1,64}$/;

/** `POST /assets/upload`: a file, as the body or in a form. */
export async function uploadAssetRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "assets:write");
  const { filename = null, is_public } = parse(uploadQuery, queryOf(call.request));
  const wish = { filename, isPublic: is_public === undefined ? null : is_public === "true" };
  const asset = await uploadAsset(tenant.id, wish, incomingOf(call), call.parts);
  await record("assets.add", describeContent(asset));
  return shown(call, tenant, asset, 201);
}

/** `GET /assets`: a page of them. */
export async function listAssetsRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "assets:read");
  const { cursor = null, limit } = parse(assetQuery, queryOf(call.request));
  const page = await listAssets(tenant.id, { cursor, limit }, call.parts);
  const origin = deliveryOrigin(call.request, tenant, call.parts);
  return answer({ assets: page.assets.map((asset) => assetToBody(asset, origin)), cursor: page.cursor });
}

/** `GET /assets/{id}`. */
export async function describeAssetRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "assets:read");
  return shown(call, tenant, await describeAsset(tenant.id, assetIdOf(call), call.parts));
}

/** `PATCH /assets/{id}`: another name, public or private. */
export async function changeAssetRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "assets:write");
  const { filename, is_public: isPublic } = await bodyOf(call, assetChange);
  const changes = { ...(filename !== undefined && { filename }), ...(isPublic !== undefined && { isPublic }) };
  const asset = await changeAsset(tenant.id, assetIdOf(call), changes, call.parts);
  await record("assets.change", { id: asset.id, filename: asset.filename, is_public: asset.isPublic });
  return shown(call, tenant, asset);
}

/** `DELETE /assets/{id}`: with its versions and private links. */
export async function removeAssetRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "assets:write");
  // What was deleted is not there to be asked any more: the log is to tell.
  const { id, filename } = await describeAsset(tenant.id, assetIdOf(call), call.parts);
  await removeAsset(tenant.id, id, call.parts);
  await record("assets.remove", { id, filename });
  return answer({ id, status: "deleted" });
}

/** `PUT /assets/{id}/content`: a new content, as the body or in a form. */
export async function replaceContentRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "assets:write");
  const asset = await replaceContent(tenant.id, assetIdOf(call), incomingOf(call), call.parts);
  await record("assets.replace", describeContent(asset));
  return shown(call, tenant, asset);
}

/** Throws 404 for what no asset is named by. */
export function assetIdOf({ params: { id = "" } }: Pick<ManagementCall, "params">): string {
  return checkId(id);
}

/** Throws 404 for what nothing is named by. */
export function checkId(text: string): string {
  if (!ID.test(text)) throw new SnapbyteError("NOT_FOUND");
  return text;
}

function incomingOf({ request: { body, headers } }: ManagementCall): Incoming {
  if ((headers.get("Content-Encoding") ?? "identity").toLowerCase() !== "identity") {
    throw new SnapbyteError(
      "INVALID_FIELD",
      "A file must not be compressed on its way: Content-Encoding is not taken.",
    );
  }
  const length = headers.get("Content-Length");
  return { body, contentType: headers.get("Content-Type"), length: length === null ? null : Number(length) };
}

function describeContent({ id, filename, isPublic, content }: Asset) {
  return { id, filename, is_public: isPublic, size: content.size, sha256: content.sha256 };
}

function shown({ request, parts }: ManagementCall, tenant: Tenant, asset: Asset, status = 200): Response {
  return answer(assetToBody(asset, deliveryOrigin(request, tenant, parts)), status);
}
