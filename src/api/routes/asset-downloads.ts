import { assetCors } from "../../app/assets/asset-cors.ts";
import { type AssetAnswer, downloadAsset, downloadByToken, downloadVersion } from "../../app/assets/download.ts";
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
  return tagged(await answered(call, async (request) => await downloadAsset(id, request, call.parts)), id);
}

/** `GET /assets/public/{version_id}`: what was published. */
export async function downloadVersionRoute(call: ManagementCall): Promise<Response> {
  const id = checkId(call.params.version_id ?? "");
  let asset = "";
  const response = await answered(call, async (request) => {
    const answer = await downloadVersion(id, request, call.parts);
    asset = answer.asset;
    return answer;
  });
  return tagged(response, asset);
}

/** `GET /assets/private/{token}`: an asset as it is now, for who has the token. */
export async function downloadByTokenRoute(call: ManagementCall): Promise<Response> {
  const { token = "" } = call.params;
  return await answered(call, async (request) => await downloadByToken(token, request, call.parts));
}

/** `OPTIONS` of the three: which pages of other origins may ask, and how. What cannot be had allows nobody. */
export async function assetOptionsRoute({ request, params, parts }: ManagementCall): Promise<Response> {
  if (params.token === undefined) checkId(params.id ?? params.version_id ?? "");
  const cors = await assetCors(params, parts);
  return new Response(null, { status: 204, headers: optionsHeaders(cors, request.headers.get("Origin")) });
}

async function answered(
  { request, parts }: ManagementCall,
  ask: (request: Parameters<typeof downloadAsset>[1]) => Promise<AssetAnswer>,
): Promise<Response> {
  const { headers, method } = request;
  const host = hostOf(request);
  const { plan, terms, body, cors } = await ask({
    ...{ method: method === "HEAD" ? "HEAD" : "GET", headers, acceptEncoding: acceptEncoding(request), host },
    hostTenant: await hostTenant(host, parts),
  });
  const fields = withCors(deliveryHeaders(plan, terms), cors, headers.get("Origin"));
  return new Response(body, { status: plan.status, headers: fields, encodeBody: "manual" });
}

/** By this a network that keeps the answer is told to let go of it. */
function tagged(response: Response, asset: string): Response {
  response.headers.set("Cache-Tag", assetTag(asset));
  return response;
}
