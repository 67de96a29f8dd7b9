import { expect, it } from "vitest";
import { COUNTERS } from "../../../../src/core/usage/counters.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { manage } from "../../stack/requests.ts";
import { usageOf } from "../../stack/usage.ts";

/** How usage is asked for, and what is answered to a bad question. */
export function usageAnswers(stack: () => Stack): void {
  it.each(["hour", "day", "month"])("comes by %s, in periods that begin where they should", async (by) => {
    const { rows, from, cursor } = await usageOf(stack(), `by=${by}`);
    expect(rows.length).toBeGreaterThan(0);
    expect(cursor).toBeNull();
    for (const { period } of rows) {
      expect(period >= from).toBe(true);
      expect(period).toMatch(by === "hour" ? /:00:00\.000Z$/ : by === "day" ? /T00:00:00/ : /-01T00:00:00/);
    }
  });

  it("comes as CSV, by Accept or by a parameter, with the same numbers", async () => {
    const accepted = await manage(stack(), "/usage?by=month", { headers: { accept: "text/csv" } });
    const asked = await manage(stack(), "/usage?by=month&format=csv");
    expect(accepted.headers.get("content-type")).toMatch(/^text\/csv/);
    const text = await accepted.text();
    expect(await asked.text()).toBe(text);
    const [head = "", line = ""] = text.trimEnd().split("\r\n");
    expect(head.split(",")).toEqual(["period", "requests", ...COUNTERS]);
    const { rows } = await usageOf(stack(), "by=month");
    const cells = line.split(",");
    expect(Number(cells[head.split(",").indexOf("hits")])).toBe(rows[0]?.hits);
    expect(cells[0]).toBe(rows[0]?.period);
  });

  it("comes in pages", async () => {
    const all = await usageOf(stack(), "by=hour&group=key");
    const [first] = all.rows;
    const page = await usageOf(stack(), "by=hour&group=key&limit=1");
    expect(page.rows).toEqual([first]);
    const rest = await usageOf(stack(), `by=hour&group=key&cursor=${page.cursor}`);
    expect(rest.rows).toEqual(all.rows.slice(1));
    const csv = await manage(stack(), "/usage?by=hour&group=key&limit=1&format=csv");
    expect(csv.headers.get("link")).toMatch(/^<\/usage\?.*cursor=.*>; rel="next"$/);
  });

  it.each([
    ["a period that is none", "by=week", "by"],
    ["a group that is none", "group=tenant", "group"],
    ["a moment that is none", "from=yesterday", "from"],
    ["a span that holds nothing", "from=2026-01-02&to=2026-01-01", "from"],
    ["hours of long ago", "by=hour&from=2001-01-01", "from"],
    ["keys of long ago", "by=month&group=key&from=2001-01-01", "from"],
    ["a cursor that is none", "cursor=AAAA", "cursor"],
    ["too many at once", "limit=1001", "limit"],
    ["a parameter that is none", "tenant=other", "tenant"],
  ])("refuses %s", async (_, query, field) => {
    const response = await manage(stack(), `/usage?${query}`);
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect(error.code).toBe("INVALID_FIELD");
    expect(error.message).toMatch(field);
  });
}
