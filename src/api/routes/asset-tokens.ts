import { addToken, removeToken } from "../../app/assets/tokens.ts";
import { deliveryOrigin } from "../delivery-origin.ts";
import { answer, bodyOf, callerOf, hasNoBody, type ManagementCall } from "../management.ts";
import { parse } from "../parse.ts";
import { assetTokenWish, tokenToBody } from "../schemas/asset-tokens.ts";
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

/** `DELETE /assets/{id}/access-token/{token_id}`: from here on it opens nothing, anywhere. */
export async function removeTokenRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "assets:write");
  const id = assetIdOf(call);
  const token = checkId(call.params.token_id ?? "");
  await removeToken(tenant.id, id, token, call.parts);
  await record("assets.token.revoke", { id, token_id: token });
  return answer({ token_id: token, status: "revoked" });
}
