import { describe, expect, test } from "vitest";
import type { TenantId } from "../../src/core/tenant.ts";
import type { Accounts, NewAccount, StoredAccount } from "../../src/ports/accounts.ts";
import { NOON } from "../core/samples.ts";
import { newTenant } from "./keys.ts";

export function accountsContract(name: string, make: () => Promise<Accounts>): void {
  const newAccount = (changes: Partial<NewAccount> = {}): NewAccount => {
    const id = newTenant();
    return { id, name: `Tenant ${id}`, site: `site-${id}`, plan: "free", maxObjectBytes: 1e9, ...changes };
  };
  const added = async (accounts: Accounts, changes: Partial<NewAccount> = {}): Promise<StoredAccount> => {
    const account = await accounts.add(newAccount(changes));
    if (!account) throw new Error("it was not added");
    return account;
  };

  describe(`Accounts: ${name}`, () => {
    test("shows what was added, which stands well", async () => {
      const accounts = await make();
      const wish = newAccount();
      const { maxObjectBytes: _, ...shown } = wish;
      const account = await accounts.add(wish);
      const fresh = { own: {}, suspended: null, standing: "good", createdAt: expect.any(Number) };
      expect(account).toEqual({ ...shown, ...fresh });
      expect(await accounts.find(wish.id)).toEqual(account);
    });

    test("adds nothing under an id or a site that is taken", async () => {
      const accounts = await make();
      const { id, site } = await added(accounts);
      expect(await accounts.add(newAccount({ id }))).toBeNull();
      expect(await accounts.add(newAccount({ site }))).toBeNull();
      expect(await accounts.find(newTenant())).toBeNull();
    });

    test("changes what is named and leaves the rest", async () => {
      const accounts = await make();
      const { id, ...before } = await added(accounts);
      const other = await added(accounts);
      expect(await accounts.change(id, {})).toEqual({ id, ...before });
      const own = { requests: 5, keys: null };
      expect(await accounts.change(id, { own })).toEqual({ id, ...before, own });
      const suspended = { at: NOON, reason: "unpaid" };
      expect(await accounts.change(id, { suspended, plan: "pro" })).toEqual({
        id,
        ...before,
        own,
        suspended,
        plan: "pro",
      });
      expect(await accounts.change(id, { suspended: null })).toMatchObject({ suspended: null, plan: "pro" });
      expect(await accounts.find(other.id)).toEqual(other);
      expect(await accounts.change(newTenant(), { plan: "pro" })).toBeNull();
    });

    test("writes down how a tenant stands, and says whether that is news", async () => {
      const accounts = await make();
      const { id } = await added(accounts);
      const over = { over: "requests", allowed: null, until: NOON } as const;
      expect(await accounts.judge(id, "good")).toBe(false);
      expect(await accounts.judge(id, over)).toBe(true);
      expect(await accounts.judge(id, { ...over })).toBe(false);
      expect((await accounts.find(id))?.standing).toEqual(over);
      expect(await accounts.judge(id, { ...over, until: null })).toBe(true);
      expect(await accounts.judge(id, "good")).toBe(true);
      expect((await accounts.find(id))?.standing).toBe("good");
      expect(await accounts.judge(newTenant(), over)).toBe(false);
    });

    test("lists in pages, in the order of creation, and those that are searched for", async () => {
      const accounts = await make();
      const tag = crypto.randomUUID();
      const made: TenantId[] = [];
      for (const number of [1, 2, 3]) made.push((await added(accounts, { name: `${tag} 100%_${number}` })).id);
      const ids = async (after: string | null, limit: number, search: string | null) =>
        (await accounts.list({ after, limit, search })).map(({ id }) => id);
      expect(await ids(null, 2, tag.toUpperCase())).toEqual(made.slice(0, 2));
      expect(await ids(made[1] ?? null, 2, tag)).toEqual(made.slice(2));
      expect(await ids(null, 9, `${tag} 100%_2`)).toEqual([made[1]]);
      expect(await ids(null, 9, `${tag} 100__2`)).toEqual([]);
      expect((await ids(made[0] ?? null, 2, null)).length).toBe(2);
    });

    test("gives all that standings are judged by, in pages", async () => {
      const accounts = await make();
      const made = [await added(accounts), await added(accounts)];
      await accounts.change(made[0]?.id ?? newTenant(), {
        suspended: { at: NOON, reason: "unpaid" },
        own: { keys: 1 },
      });
      const all: Awaited<ReturnType<Accounts["judged"]>>[number][] = [];
      for (let after: string | null = null; ; ) {
        const page: Awaited<ReturnType<Accounts["judged"]>> = await accounts.judged({ after, limit: 2 });
        all.push(...page);
        after = page.at(-1)?.id ?? null;
        if (page.length < 2) break;
      }
      expect(all).toContainEqual({
        id: made[0]?.id,
        plan: "free",
        own: { keys: 1 },
        suspended: true,
        standing: "good",
      });
      expect(all).toContainEqual({ id: made[1]?.id, plan: "free", own: {}, suspended: false, standing: "good" });
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    });
  });
}
