import { reportAllSavings, reportSavings, type Savings, type SavingsWish } from "../../app/usage/savings.ts";
import { daysCsv, linesCsv } from "../../core/pricing/ledger-csv.ts";
import { answer, type ManagementCall, operatorOf, tenantOf } from "../management.ts";
import { parse } from "../parse.ts";
import { queryOf } from "../request-hints.ts";
import { allSavingsQuery, type SavingsQuery, savingsQuery, savingsToBody } from "../schemas/savings.ts";
import { csvAnswer, wantsCsv } from "../wants-csv.ts";

/** `GET /savings`: the ledger of a tenant's days; as JSON or as CSV. */
export async function savingsRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "usage:read");
  const query = parse(savingsQuery, queryOf(call.request));
  return answerSavings(await reportSavings(tenant.id, wishOf(query), call.parts), tenant.id, query, call.request);
}

/** `GET /savings/all`: the sum of all tenants' ledgers, for operators. */
export async function allSavingsRoute(call: ManagementCall): Promise<Response> {
  await operatorOf(call);
  const query = parse(allSavingsQuery, queryOf(call.request));
  return answerSavings(await reportAllSavings(wishOf(query), call.parts), "all", query, call.request);
}

function wishOf({ from, to }: SavingsQuery): SavingsWish {
  return { from: from ?? null, to: to ?? null };
}

function answerSavings(savings: Savings, tenant: string, { table, format }: SavingsQuery, request: Request): Response {
  if (!wantsCsv(request, format)) return answer(savingsToBody(savings));
  const text = table === "days" ? daysCsv(tenant, savings.months) : linesCsv(tenant, savings.months);
  return csvAnswer(text, `savings-${table}.csv`);
}
