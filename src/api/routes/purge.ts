import type { z } from "zod";
import { describePurge } from "../../app/purge-job.ts";
import { purgeSelection } from "../../app/purge-selection.ts";
import { reach } from "../../app/reach.ts";
import { describeOrigin } from "../../app/settings/origins.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { checkCustomKey } from "../../core/proxy-query.ts";
import type { PurgeSelection } from "../../core/purge/selection.ts";
import { keptPrefix } from "../../core/purge/url-prefix.ts";
import type { TenantId } from "../../core/tenant.ts";
import { answer, callerOf, type ManagementCall, tenantOf } from "../management.ts";
import { parse, readJson } from "../parse.ts";
import { outcomeToBody, purgeRequest, purgeToBody } from "../schemas/purge.ts";

/** A thousand keys of 512 bytes, with every character escaped as JSON may do it. */
const MAX_BODY_BYTES = 4 * 2 ** 20;
const SELECTORS = ["keys", "prefix", "url_prefix", "tag", "origin", "all"] as const;

/** What no purge is named by may be what Postgres cannot even be asked for. */
const PURGE_ID = /^[\w-]{1,64}$/;

/** `POST /purge`: lets go of many copies at once. */
export async function purgeRoute(call: ManagementCall): Promise<Response> {
  const { tenant, by } = await callerOf(call, "cache:purge");
  const { soft = false, ...wanted } = parse(purgeRequest, await readJson(call.request, MAX_BODY_BYTES));
  const wish = { selection: await selectionOf(tenant.id, wanted, call), soft };
  const outcome = await reach("purge", purgeSelection(tenant.id, wish, by, call.parts), call.parts.report);
  return answer(outcomeToBody(outcome, soft), outcome.done ? 200 : 202);
}

/** `GET /purge/{id}`: how far a queued one has come. */
export async function describePurgeRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "cache:purge");
  const id = call.params.id ?? "";
  if (!PURGE_ID.test(id)) throw new SnapbyteError("NOT_FOUND");
  return answer(purgeToBody(await describePurge(tenant.id, id, call.parts)));
}

type Wanted = Omit<z.infer<typeof purgeRequest>, "soft">;

/** Throws 400 unless exactly one selector is there, 404 for an origin that the tenant has not. */
async function selectionOf(tenant: TenantId, wanted: Wanted, { parts }: ManagementCall): Promise<PurgeSelection> {
  const { keys, prefix, url_prefix, tag, origin } = wanted;
  if (SELECTORS.filter((name) => wanted[name] !== undefined).length !== 1) {
    throw new SnapbyteError("INVALID_FIELD", `Exactly one of ${SELECTORS.join(", ")} is required.`);
  }
  if (keys) {
    return { by: "keys", keys: [...new Set(keys.map((key, at) => checkCustomKey(`keys.${at}`, key)))] };
  }
  if (prefix !== undefined) return { by: "key-prefix", prefix };
  if (url_prefix !== undefined) return { by: "url-prefix", prefix: keptPrefix(url_prefix) };
  if (tag !== undefined) return { by: "tag", tag };
  if (origin === undefined) return { by: "all" };
  const { id, scheme, host, port, pathPrefix } = await describeOrigin(tenant, origin, parts);
  return { by: "origin", id, rule: { scheme, host, port, pathPrefix } };
}
