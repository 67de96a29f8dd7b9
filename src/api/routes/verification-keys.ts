import {
  addVerificationKeys,
  listVerificationKeys,
  removeVerificationKey,
  rotateVerificationKey,
} from "../../app/settings/verification-keys.ts";
import { answer, callerOf, jsonOf, type ManagementCall, tenantOf } from "../management.ts";
import { parse } from "../parse.ts";
import { batchFrame, verificationKeyToBody } from "../schemas/verification-keys.ts";

/** `GET /verification-keys`: what providers' signatures are checked with, without its secrets. */
export async function listVerificationKeysRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "settings:read");
  const keys = await listVerificationKeys(tenant.id, call.parts);
  return answer({ verification_keys: keys.map(verificationKeyToBody) });
}

/** `POST /verification-keys`: registers material, one or a batch. */
export async function addVerificationKeysRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "settings:write");
  const body = await jsonOf(call);
  const isBatch = typeof body === "object" && body !== null && "keys" in body;
  const given = isBatch
    ? parse(batchFrame, body).keys.map((fields, position) => ({ path: `keys.${position}.`, fields }))
    : [{ path: "", fields: body }];
  const added = (await addVerificationKeys(tenant.id, given, call.parts)).map(verificationKeyToBody);
  await record("verification_keys.add", { ids: added.map(({ id }) => id) });
  return answer(isBatch ? { verification_keys: added } : added[0], 201);
}

/** `POST /verification-keys/{id}/rotate`: new material of the same kind and name in its place. */
export async function rotateVerificationKeyRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "settings:write");
  const fields = await jsonOf(call);
  const rotated = await rotateVerificationKey(tenant.id, call.params.id ?? "", fields, call.parts);
  await record("verification_keys.rotate", { id: rotated.id, replaced: call.params.id ?? "" });
  return answer(verificationKeyToBody(rotated), 201);
}

/** `DELETE /verification-keys/{id}`. */
export async function removeVerificationKeyRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "settings:write");
  const { id = "" } = call.params;
  await removeVerificationKey(tenant.id, id, call.parts);
  await record("verification_keys.remove", { id });
  return answer({ id, status: "deleted" });
}
