import { COUNTERS } from "../core/usage/counters.ts";
import type { UsageGroup, UsageRow } from "../core/usage/report.ts";
import { requestsOf } from "./schemas/usage.ts";

/** What a spreadsheet would take for a formula when it stands first. https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r]/;

/** Rows as CSV (RFC 4180), one line of names first. */
export function usageCsv(rows: readonly UsageRow[], group: UsageGroup): string {
  const named = group === "origin" ? ["origin_id", "origin"] : group === "key" ? ["key"] : [];
  const head = ["period", ...named, "requests", ...COUNTERS];
  const lines = rows.map((row) => [
    new Date(row.period).toISOString(),
    ...(group === "origin" ? [row.origin?.id ?? "", cell(row.origin?.url ?? "")] : []),
    ...(group === "key" ? [cell(row.key ?? "")] : []),
    requestsOf(row),
    ...COUNTERS.map((name) => row.counts[name]),
  ]);
  return [head, ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}

/** Text that others have chosen: as text, whatever it looks like. */
function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
