import { reportUsage, type UsageWish } from "../../app/usage/report.ts";
import type { TenantId } from "../../core/tenant.ts";
import { answer, type ManagementCall, operatorOf, tenantOf } from "../management.ts";
import { parse } from "../parse.ts";
import { queryOf } from "../request-hints.ts";
import { allUsageQuery, usageQuery, usageToBody } from "../schemas/usage.ts";
import { usageCsv } from "../usage-csv.ts";
import { csvAnswer, wantsCsv } from "../wants-csv.ts";

/** `GET /usage`: what was used, by hour, day or month, in all or by origin or key; as JSON or as CSV. */
export async function usageRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "usage:read");
  const { format, ...query } = parse(usageQuery, queryOf(call.request));
  return await answerUsage(tenant.id, query, format, call);
}

/** `GET /usage/all`: the same of all tenants together, for operators. */
export async function allUsageRoute(call: ManagementCall): Promise<Response> {
  await operatorOf(call);
  const { format, ...query } = parse(allUsageQuery, queryOf(call.request));
  return await answerUsage(null, query, format, call);
}

type Query = Pick<UsageWish, "by" | "group" | "limit"> & {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly key?: string | undefined;
  readonly cursor?: string | undefined;
};

async function answerUsage(
  tenant: TenantId | null,
  query: Query,
  format: "json" | "csv" | undefined,
  { request, parts }: ManagementCall,
): Promise<Response> {
  const { from = null, to = null, key = null, cursor = null, ...more } = query;
  const report = await reportUsage(tenant, { ...more, from, to, key, cursor }, parts);
  if (!wantsCsv(request, format)) return answer(usageToBody(report));
  const { cursor: next } = report;
  // Where a page ends stands in a field: a line of its own would be no row.
  const link: Record<string, string> = next === null ? {} : { Link: `<${nextPage(request.url, next)}>; rel="next"` };
  return csvAnswer(usageCsv(report.rows, query.group), `usage-${query.by}.csv`, link);
}

function nextPage(url: string, cursor: string): string {
  const next = new URL(url);
  next.searchParams.set("cursor", cursor);
  return next.pathname + next.search;
}
