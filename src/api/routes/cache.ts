import { describeEntry, listEntries, purgeEntry } from "../../app/entries.ts";
import { checkCustomKey } from "../../core/proxy-query.ts";
import { answer, callerOf, type ManagementCall, tenantOf } from "../management.ts";
import { parse } from "../parse.ts";
import { queryOf } from "../request-hints.ts";
import { entryToBody, purgeQuery } from "../schemas/entry.ts";
import { entryQuery, listingOf } from "../schemas/entry-query.ts";

/** `GET /cache/{key}`: what we know of an entry. */
export async function describeEntryRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "cache:read");
  const { entry, progress } = await describeEntry(tenant.id, keyOf(call), call.parts);
  return answer(entryToBody(entry, progress));
}

/** `GET /cache`: a page of entries, of all or of those that are searched for. */
export async function listEntriesRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "cache:read");
  const page = await listEntries(tenant.id, listingOf(parse(entryQuery, queryOf(call.request))), call.parts);
  return answer({ entries: page.entries.map((entry) => entryToBody(entry, null)), cursor: page.cursor });
}

/** `DELETE /cache/{key}`: purges the copy, or has it made anew. */
export async function purgeEntryRoute(call: ManagementCall): Promise<Response> {
  const { tenant, by } = await callerOf(call, "cache:purge");
  const { soft } = parse(purgeQuery, queryOf(call.request));
  await purgeEntry(tenant.id, keyOf(call), soft, by, call.parts);
  return answer({ key: keyOf(call), status: soft ? "refreshing" : "purged" });
}

function keyOf({ params }: ManagementCall): string {
  return checkCustomKey("key", params.key ?? "");
}
