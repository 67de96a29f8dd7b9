import { makeLink } from "../../app/settings/sign-link.ts";
import { checkCustomKey } from "../../core/proxy-query.ts";
import { answer, bodyOf, type ManagementCall, tenantOf } from "../management.ts";
import { linkFromBody, linkRequest, linkToBody } from "../schemas/links.ts";

/** `POST /links`: signs a link for those who rather call than sign. */
export async function makeLinkRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "links:write");
  const wish = linkFromBody(await bodyOf(call, linkRequest));
  if (wish.hash !== null) checkCustomKey("hash", wish.hash);
  const made = await makeLink(tenant, wish, call.parts);
  return answer(linkToBody(made, new URL(call.request.url).origin), 201);
}
