import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { asOperator, asOther, call, done, refusal } from "../settings/settings-calls.ts";

type Record = { id: number; at: string; actor: string; action: string; detail: object; request_id: string };
type Page = { records: Record[]; before: number | null };

/** `GET /audit`: who did what. */
export function auditRecords(stack: () => Stack): void {
  const list = async (query = "", who = {}) =>
    (await done(stack(), "GET", `/audit${query}`, undefined, who)) as unknown as Page;

  it("tells of each purge who asked for it, what it was about and how many it were", async () => {
    await done(stack(), "POST", "/purge", { tag: "audited" });
    await done(stack(), "POST", "/purge?site=demo", { prefix: "audited/", soft: true }, asOperator(stack()));
    const { records } = await list("?limit=2");
    expect(records).toMatchObject([
      { actor: "operator", action: "purge", detail: { prefix: "audited/", soft: true, status: "done", purged: 0 } },
      { actor: "tenant", action: "purge", detail: { tag: "audited", soft: false, status: "done", purged: 0 } },
    ]);
    for (const { at, request_id } of records) {
      expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(60_000);
      expect(request_id).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it("goes back page by page, and is the tenant's own", async () => {
    const first = await list("?limit=1");
    const second = await list(`?limit=1&before=${first.before}`);
    expect(second.records[0]?.id).toBeLessThan(first.records[0]?.id ?? 0);
    expect((await list("", asOther(stack()))).records).toEqual([]);
  });

  it.each(["limit=0", "limit=1001", "before=x", "before=0", "since=1"])("refuses %s", async (query) => {
    expect(refusal(await call(stack(), "GET", `/audit?${query}`))).toMatchObject({ status: 400 });
  });
}
