import { addToken, listTokens, removeToken } from "../../app/assets/tokens.ts";
import { deliveryOrigin } from "../delivery-origin.ts";
import { answer, bodyOf, callerOf, hasNoBody, type ManagementCall, tenantOf } from "../management.ts";
import { parse } from "../parse.ts";
import { queryOf } from "../request-hints.ts";
import { assetTokenWish, tokenToBody, tokenToSummary } from "../schemas/asset-tokens.ts";
import { assetQuery } from "../schemas/assets.ts";
import { assetIdOf, checkId } from "./assets.ts";

/** `POST /assets/{id}/access-token`: a private link, which is shown this once. */
export async function addTokenRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "assets:write");
  const wish = hasNoBody(call) ? parse(assetTokenWish, {}) : await bodyOf(call, assetTokenWish);
  const { ttl: ttlSeconds, max_downloads: maxDownloads } = wish;
  const made = await addToken(tenant.id, assetIdOf(call), { ttlSeconds, maxDownloads }, call.parts);
  const body = tokenToBody(made, deliveryOrigin(call.request, tenant, call.parts));
  const { token_id, expires_at, max_downloads } = body;
  await record("assets.token.add", { id: made.asset, token_id, expires_at, max_downloads });
  return answer(body, 201);
}

/** `GET /assets/{id}/access-tokens`: the private links that live on, without what opens the asset. */
export async function listTokensRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "assets:read");
  const { cursor = null, limit } = parse(assetQuery, queryOf(call.request));
  const page = await listTokens(tenant.id, assetIdOf(call), { cursor, limit }, call.parts);
  return answer({ tokens: page.tokens.map(tokenToSummary), cursor: page.cursor });
}

/** `DELETE /assets/{id}/access-token/{token_id}`: from here on it opens nothing, anywhere. */
export async function removeTokenRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "assets:write");
  const id = assetIdOf(call);
  const token = checkId(call.params.token_id ?? "");
  await removeToken(tenant.id, id, token, call.parts);
  await record("assets.token.revoke", { id, token_id: token });
  return answer({ token_id: token, status: "revoked" });
}
