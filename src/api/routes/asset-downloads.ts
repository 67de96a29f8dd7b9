import { assetCors } from "../../app/assets/asset-cors.ts";
import {
  type AssetAnswer,
  type AssetRequest,
  downloadAsset,
  downloadByToken,
  downloadVersion,
} from "../../app/assets/download.ts";
import { hostTenant } from "../../app/which-host.ts";
import { assetTag } from "../../core/assets/asset.ts";
import { optionsHeaders, withCors } from "../../core/http/cors.ts";
import { deliveryHeaders } from "../../core/http/delivery-headers.ts";
import type { ManagementCall } from "../management.ts";
import { acceptEncoding, hostOf } from "../request-hints.ts";
import { assetIdOf, checkId } from "./assets.ts";

/** `GET /assets/{id}/download`: a public asset as it is now. */
export async function downloadAssetRoute(call: ManagementCall): Promise<Response> {
  const id = assetIdOf(call);
  return publicly(call, await downloadAsset(id, await requestOf(call), call.parts));
}

/** `GET /assets/public/{version_id}`: what was published. */
export async function downloadVersionRoute(call: ManagementCall): Promise<Response> {
  const id = checkId(call.params.version_id ?? "");
  return publicly(call, await downloadVersion(id, await requestOf(call), call.parts));
}

/** `GET /assets/private/{token}`: an asset as it is now, for who has the token. */
export async function downloadByTokenRoute(call: ManagementCall): Promise<Response> {
  const { token = "" } = call.params;
  return answered(call, await downloadByToken(token, await requestOf(call), call.parts));
}

/** `OPTIONS` of the three: which pages of other origins may ask, and how. What cannot be had allows nobody. */
export async function assetOptionsRoute({ request, params, parts }: ManagementCall): Promise<Response> {
  if (params.token === undefined) checkId(params.id ?? params.version_id ?? "");
  const cors = await assetCors(params, await hostTenant(hostOf(request), parts), parts);
  return new Response(null, { status: 204, headers: optionsHeaders(cors, request.headers.get("Origin")) });
}

async function requestOf({ request, parts }: ManagementCall): Promise<AssetRequest> {
  const { headers, method } = request;
  const host = hostOf(request);
  return {
    ...{ method: method === "HEAD" ? "HEAD" : "GET", headers, acceptEncoding: acceptEncoding(request) },
    ...{ host, hostTenant: await hostTenant(host, parts) },
  };
}

/** With the tag by which a network that keeps the answer is told to let go of it. */
function publicly(call: ManagementCall, answer: AssetAnswer): Response {
  return answered(call, answer, { "Cache-Tag": assetTag(answer.asset) });
}

function answered(
  { request }: ManagementCall,
  { plan, terms, body, cors }: AssetAnswer,
  more: Readonly<Record<string, string>> = {},
): Response {
  const fields = withCors({ ...deliveryHeaders(plan, terms), ...more }, cors, request.headers.get("Origin"));
  return new Response(body, { status: plan.status, headers: fields, encodeBody: "manual" });
}
