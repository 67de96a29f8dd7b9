import { reportUsage } from "../../app/usage/report.ts";
import { answer, type ManagementCall, tenantOf } from "../management.ts";
import { parse } from "../parse.ts";
import { queryOf } from "../request-hints.ts";
import { usageQuery, usageToBody } from "../schemas/usage.ts";
import { usageCsv } from "../usage-csv.ts";

/** `GET /usage`: what was used, by hour, day or month, in all or by origin or key; as JSON or as CSV. */
export async function usageRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "usage:read");
  const { request, parts } = call;
  const { format, from = null, to = null, key = null, cursor = null, ...wish } = parse(usageQuery, queryOf(request));
  const { by, group, limit } = wish;
  const report = await reportUsage(tenant.id, { from, to, by, group, key, cursor, limit }, parts);
  if ((format ?? (wantsCsv(request) ? "csv" : "json")) === "json") return answer(usageToBody(report));
  const fields = {
    "Content-Type": "text/csv; charset=utf-8; header=present",
    "Content-Disposition": `attachment; filename="usage-${by}.csv"`,
    "Cache-Control": "no-store",
    Vary: "Accept",
  };
  const { cursor: next } = report;
  // Where a page ends stands in a field: a line of its own would be no row.
  const headers = next === null ? fields : { ...fields, Link: `<${nextPage(request.url, next)}>; rel="next"` };
  return new Response(usageCsv(report.rows, group), { headers });
}

function wantsCsv({ headers }: Request): boolean {
  return /\btext\/csv\b/i.test(headers.get("Accept") ?? "");
}

function nextPage(url: string, cursor: string): string {
  const next = new URL(url);
  next.searchParams.set("cursor", cursor);
  return next.pathname + next.search;
}
