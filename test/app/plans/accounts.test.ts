import { describe, expect, it } from "vitest";
import {
  addAccount,
  changeAccount,
  describeAccount,
  listAccounts,
  resumeAccount,
  suspendAccount,
} from "../../../src/app/plans/accounts.ts";
import { admitOneMore } from "../../../src/app/plans/room.ts";
import { NOON, tenantId } from "../../core/samples.ts";
import { ACME, failing } from "../world.ts";
import { MUCH, plansWorld } from "./plans-world.ts";

const DECEMBER = Date.UTC(2026, 11, 1);

describe("a tenant's account", () => {
  it("is made under the first plan, where nobody says another", async () => {
    const world = await plansWorld();
    const made = await addAccount({ name: "Globex", site: "globex", plan: null }, world);
    expect(made).toMatchObject({ id: "tenant-1", name: "Globex", site: "globex", plan: "free", standing: "good" });
    expect(await describeAccount(made.id, world)).toEqual(made);
    expect(world.accounts.rows.at(-1)?.maxObjectBytes).toBe(1e9);
    expect(await addAccount({ name: "Hooli", site: "hooli", plan: "scale" }, world)).toMatchObject({ plan: "scale" });
    expect(world.accounts.rows.at(-1)?.maxObjectBytes).toBeNull();
  });

  it("has a site of its own, and a plan that there is", async () => {
    const world = await plansWorld();
    const taken = addAccount({ name: "Acme", site: ACME.site, plan: null }, world);
    await expect(taken).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
    const unknown = addAccount({ name: "Globex", site: "globex", plan: "gold" }, world);
    await expect(unknown).rejects.toMatchObject({ code: "INVALID_FIELD" });
    await expect(changeAccount(ACME.id, { plan: "gold" }, world)).rejects.toMatchObject({ code: "INVALID_FIELD" });
  });

  it("is changed in what is named, and what downloads know of it is forgotten", async () => {
    const world = await plansWorld();
    expect(await changeAccount(ACME.id, { name: "Acme, Inc." }, world)).toMatchObject({
      name: "Acme, Inc.",
      plan: "free",
    });
    expect(await changeAccount(ACME.id, { plan: "pro" }, world)).toMatchObject({ name: "Acme, Inc.", plan: "pro" });
    expect(world.accounts.rows[0]?.maxObjectBytes).toBe(100e9);
    await changeAccount(ACME.id, { own: { maxObjectBytes: 5 } }, world);
    expect(world.accounts.rows[0]).toMatchObject({ plan: "pro", own: { maxObjectBytes: 5 }, maxObjectBytes: 5 });
    expect(world.directory.forgotten).toContainEqual({ by: "id", value: ACME.id });
  });

  it("is judged anew at once by another plan", async () => {
    const world = await plansWorld();
    world.counters.used.set(ACME.id, MUCH);
    expect(await changeAccount(ACME.id, { name: "Acme" }, world)).toMatchObject({
      ...{ standing: { over: "requests", allowed: 1_000_000, until: DECEMBER } },
    });
    expect(await changeAccount(ACME.id, { plan: "pro" }, world)).toMatchObject({ standing: "good" });
    expect(await describeAccount(ACME.id, world)).toMatchObject({ standing: "good" });
  });

  it("is suspended and resumed, and is over its limit before and after", async () => {
    const world = await plansWorld();
    world.counters.used.set(ACME.id, MUCH);
    const suspended = { at: NOON, reason: "unpaid" };
    expect(await suspendAccount(ACME.id, "unpaid", world)).toMatchObject({
      ...{ suspended, standing: { over: "suspended", allowed: null, until: null } },
    });
    expect(await resumeAccount(ACME.id, world)).toMatchObject({
      ...{ suspended: null, standing: { over: "requests", allowed: 1_000_000, until: DECEMBER } },
    });
  });

  it("of nobody is not found", async () => {
    const world = await plansWorld();
    const nobody = tenantId("nobody");
    for (const call of [
      () => describeAccount(nobody, world),
      () => changeAccount(nobody, { plan: "pro" }, world),
      () => suspendAccount(nobody, "unpaid", world),
      () => resumeAccount(nobody, world),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });

  it("is one of a page", async () => {
    const world = await plansWorld();
    const [first, second] = await listAccounts({ after: null, limit: 9, search: null }, world);
    expect(await listAccounts({ after: first?.id ?? null, limit: 9, search: null }, world)).toEqual([second]);
    expect(await listAccounts({ after: null, limit: 9, search: "ACME" }, world)).toEqual([first]);
  });

  it("is out of reach while the accounts are down", async () => {
    const world = await plansWorld();
    const down = { ...world, accounts: failing(world.accounts) };
    await expect(describeAccount(ACME.id, down)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(suspendAccount(ACME.id, "unpaid", down)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});

describe("room for one more", () => {
  it.each([
    [0, true],
    [2, true],
    [3, false],
    [9, false],
  ])("beside %d members of three: %s", async (used, isRoom) => {
    const asked = admitOneMore(ACME.id, "members", used, await plansWorld()).then(
      () => true,
      (error: { limit: unknown }) => error.limit,
    );
    expect(await asked).toEqual(isRoom || { name: "members", allowed: 3, until: null });
  });

  it("is there without end where the plan has no limit, and for a tenant of nobody's", async () => {
    const world = await plansWorld();
    await world.accounts.change(ACME.id, { plan: "unmetered" });
    await admitOneMore(ACME.id, "domains", 1e6, world);
    await admitOneMore(tenantId("nobody"), "domains", 1e6, world);
  });
});
