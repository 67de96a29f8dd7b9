import { API_ORIGIN } from "../api/client.ts";
import { answer } from "../frame/answer.ts";
import type { TenantCall } from "../frame/call.ts";

/** Pages of one export: a thousand rows each. */
const MOST_PAGES = 100;

/** `GET …/usage/export?what=`: the API's own CSV, all its pages, under a name that says what it is. */
export async function exportUsage(call: TenantCall): Promise<Response> {
  const { searchParams } = call.url;
  const isLedger = searchParams.get("what") === "savings";
  const name = `snapbyte-${isLedger ? "savings" : "usage"}-${new Date(call.now).toISOString().slice(0, 10)}.csv`;
  const first = isLedger ? {} : { by: searchParams.get("by") ?? "day" };
  const parts: string[] = [];
  for (let cursor: string | null = "", page = 0; cursor !== null && page < MOST_PAGES; page += 1) {
    const response = await call.api.raw(isLedger ? "/savings" : "/usage", { ...first, cursor }, "text/csv");
    const text = await response.text();
    // Every page begins with the names of its columns.
    parts.push(page === 0 ? text : text.slice(text.indexOf("\n") + 1));
    cursor = nextCursor(response);
  }
  return answer(call, parts.join(""), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
    },
  });
}

/** Where the next page begins, by `Link: <…>; rel="next"` (RFC 8288). */
function nextCursor({ headers }: Response): string | null {
  const next = /<([^>]+)>;\s*rel="next"/.exec(headers.get("Link") ?? "")?.[1];
  return next === undefined ? null : new URL(next, API_ORIGIN).searchParams.get("cursor");
}
