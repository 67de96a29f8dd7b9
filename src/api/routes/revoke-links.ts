import { revokeLinks } from "../../app/revoke-links.ts";
import { answer, callerOf, expectNoBody, type ManagementCall } from "../management.ts";
import { revokedToBody } from "../schemas/revoke-links.ts";

/** `POST /links/revoke`: withdraws every link to a copy that was made until now. Answers when none counts any more. */
export async function revokeLinksRoute(call: ManagementCall): Promise<Response> {
  const { tenant, by } = await callerOf(call, "links:write");
  await expectNoBody(call);
  return answer(revokedToBody(await revokeLinks(tenant.id, by, call.parts)));
}
