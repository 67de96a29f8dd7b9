import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { setOperator } from "../../../src/cli/operator.ts";
import { callAuth, cookiesOf } from "../../../src/console/auth/call-auth.ts";
import { peopleAuth } from "../../../src/console/auth/people-auth.ts";
import { tenantCalls } from "../../../src/console/auth/tenant-calls.ts";
import type { Outcome } from "../../../src/console/identity.ts";
import { parseAssertionKeys, readAssertion } from "../../../src/core/people/assertion.ts";
import { BASE_URL, linkIn, newAccount, newAddress, PASSWORD, usePeopleWorld } from "./people-world.ts";

const keys = parseAssertionKeys(`1:${"C".repeat(42)}A`) ?? new Map();

type Asked = { readonly call: string; readonly body: unknown; readonly said: ReturnType<typeof readAssertion> };
const asked: Asked[] = [];
let room: number | null = null;

/** The API, as far as sign-in asks it. */
async function askApi(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const token = (request.headers.get("Authorization") ?? "").replace("Bearer ", "");
  const said = readAssertion(keys, token, Date.now());
  const body = request.method === "POST" ? await request.json() : null;
  asked.push({ call: `${request.method} ${pathname}`, body, said });
  if (!said) return Response.json({ error: { code: "UNAUTHORIZED", message: "No." } }, { status: 401 });
  if (pathname === "/plan") return Response.json({ limits: { members: room } });
  if (pathname === "/audit") return Response.json({ action: "", status: "noted" }, { status: 201 });
  const { site } = body as { site: string };
  if (site === "demo") {
    return Response.json({ error: { code: "ALREADY_EXISTS", message: "There is one already." } }, { status: 409 });
  }
  return Response.json({ id: `tenant-of-${site}` }, { status: 201 });
}

const world = usePeopleWorld(tenantCalls({ keys, askApi, now: Date.now }));

function consoleAuth() {
  const { auth, database, reports } = world();
  const report = (what: string) => void reports.push(what);
  return peopleAuth({ auth, database, keys, askApi, report, now: Date.now, pause: async () => {} });
}

/** Somebody at the console's pages: keeps cookies. */
function visitor(address = "192.0.2.7") {
  const jar = new Map<string, string>();
  const request = () =>
    new Request(`${BASE_URL}/a-page`, {
      method: "POST",
      headers: {
        Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
        ...{ Origin: BASE_URL, "CF-Connecting-IP": address, "Sec-Fetch-Site": "same-origin" },
      },
    });
  const keep = async <T extends Outcome | { ok: true; cookies: readonly string[] }>(
    outcome: Promise<T>,
  ): Promise<T> => {
    const settled = await outcome;
    await world().settled();
    for (const field of settled.ok ? settled.cookies : []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(field) ?? [];
      if (value === "" || /max-age=0/i.test(field)) jar.delete(name);
      else jar.set(name, value);
    }
    return settled;
  };
  return { jar, request, keep };
}

const tokenIn = (email: string) => new URL(linkIn(world(), email)).searchParams.get("token") ?? "";

async function newcomer(name = "Anna") {
  const at = visitor();
  const auth = consoleAuth();
  const { email } = await newAccount(world(), newAddress(), name);
  expect(await at.keep(auth.signIn(at.request(), { email, password: PASSWORD }))).toMatchObject({ ok: true });
  const who = async () => {
    const { person } = await auth.who(at.request());
    if (!person) throw new Error("nobody is signed in");
    return person;
  };
  return { ...at, auth, email, who };
}

async function owner(name = "Anna") {
  const at = await newcomer(name);
  const site = `acme-${crypto.randomUUID().slice(0, 8)}`;
  const made = await at.keep(at.auth.createTenant(at.request(), { name: "Acme, Inc.", site }));
  if (!made.ok) throw new Error(made.message);
  return { ...at, tenant: made.tenant, site };
}

describe("a newcomer", () => {
  it("signs up, confirms by the mail, and signs in", async () => {
    const at = visitor();
    const auth = consoleAuth();
    const email = newAddress();
    const wish = { name: "Anna", email, password: PASSWORD };
    expect(await at.keep(auth.signUp(at.request(), wish))).toMatchObject({ ok: true, next: "confirm" });
    expect(await at.keep(auth.signIn(at.request(), wish))).toEqual({ ok: true, cookies: [], next: "confirm" });
    expect(new URL(linkIn(world(), email)).pathname).toBe("/confirm");
    expect(await at.keep(auth.confirm(at.request(), { token: "x" }))).toMatchObject({ ok: false });
    expect(await at.keep(auth.confirm(at.request(), { token: tokenIn(email) }))).toEqual({ ok: true, cookies: [] });
    expect((await auth.who(at.request())).person).toBeNull();
    await at.keep(auth.signIn(at.request(), wish));
    const { person } = await auth.who(at.request());
    expect(person).toMatchObject({ user: { email, name: "Anna", secondFactor: false }, tenants: [], operator: false });
    await at.keep(auth.signOut(at.request()));
    expect((await auth.who(at.request())).person).toBeNull();
  });

  it("is told the same whether the address has an account", async () => {
    const { auth, email, request } = await newcomer();
    const wish = { name: "Eve", email, password: PASSWORD };
    expect(await auth.signUp(request(), wish)).toEqual(await auth.signUp(request(), { ...wish, email: newAddress() }));
    const wrong = await auth.signIn(request(), { email, password: "a wrong password" });
    expect(wrong).toEqual(await auth.signIn(request(), { email: newAddress(), password: "a wrong password" }));
    expect(await auth.askReset(request(), { email })).toEqual(await auth.askReset(request(), { email: newAddress() }));
    await world().settled();
  });

  it.each([
    [{ email: "nobody" }, "email"],
    [{ password: "short" }, "password"],
    [{ password: "x".repeat(129) }, "password"],
  ])("is told at the field what is wrong: %j", async (wrong, field) => {
    const { request } = visitor();
    const wish = { name: "Anna", email: newAddress(), password: PASSWORD, ...wrong };
    expect(await consoleAuth().signUp(request(), wish)).toMatchObject({ ok: false, field });
  });

  it("chooses a new password by the mail, once", async () => {
    const at = await newcomer();
    await at.keep(at.auth.askReset(at.request(), { email: at.email }));
    const wish = { token: tokenIn(at.email), password: "another long password" };
    expect(await at.auth.reset(at.request(), wish)).toMatchObject({ ok: true });
    expect(await at.auth.reset(at.request(), wish)).toMatchObject({ ok: false, message: /used, or is over/ });
    expect((await at.auth.who(at.request())).person).toBeNull();
    const { email } = at;
    expect(await at.auth.signIn(at.request(), { email, password: wish.password })).toMatchObject({ ok: true });
    await world().settled();
  });

  it("is stopped where another site's form sends them", async () => {
    const { auth, email } = await newcomer();
    const foreign = new Request(`${BASE_URL}/sign-in`, { method: "POST", headers: { Origin: "https://evil.example" } });
    expect(await auth.signIn(foreign, { email, password: PASSWORD })).toMatchObject({ ok: false });
  });
});

describe("a second factor", () => {
  const codeAt = (secret: string, now: number) => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const bits = [...secret].map((each) => alphabet.indexOf(each).toString(2).padStart(5, "0")).join("");
    const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
    const mac = createHmac("sha1", key).update(counter).digest();
    const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff;
    return String(number % 1_000_000).padStart(6, "0");
  };

  it("is set up with the password and a code, asked for at sign-in, and turned off", async () => {
    const at = await newcomer();
    const { auth, email } = at;
    expect(await auth.setUpSecondFactor(at.request(), { password: "wrong password" })).toMatchObject({
      ...{ ok: false, field: "password" },
    });
    const setup = await auth.setUpSecondFactor(at.request(), { password: PASSWORD });
    if (!setup.ok) throw new Error(setup.message);
    expect(setup.recoveryCodes.length).toBeGreaterThan(4);
    expect(await auth.confirmSecondFactor(at.request(), { code: "000000" })).toMatchObject({ field: "code" });
    const code = () => codeAt(setup.secret, Date.now());
    expect(await at.keep(auth.confirmSecondFactor(at.request(), { code: code() }))).toMatchObject({ ok: true });
    expect((await at.who()).user.secondFactor).toBe(true);

    const other = visitor();
    const first = await other.keep(auth.signIn(other.request(), { email, password: PASSWORD }));
    expect(first).toMatchObject({ ok: true, next: "second-factor" });
    expect((await auth.who(other.request())).person).toBeNull();
    expect(await auth.checkSecondFactor(other.request(), { code: "x1-y2" })).toMatchObject({ field: "code" });
    const recovery = setup.recoveryCodes[0] ?? "";
    expect(await other.keep(auth.checkSecondFactor(other.request(), { code: recovery }))).toMatchObject({ ok: true });
    expect((await auth.who(other.request())).person?.user.email).toBe(email);

    expect(await auth.turnOffSecondFactor(other.request(), { password: "wrong password" })).toMatchObject({
      ...{ ok: false, field: "password" },
    });
    await other.keep(auth.turnOffSecondFactor(other.request(), { password: PASSWORD }));
    expect((await auth.who(other.request())).person?.user.secondFactor).toBe(false);
  });
});

describe("a tenant's people", () => {
  it("begin with its owner, in whose name the API makes the tenant", async () => {
    const { who, tenant, site, auth, request } = await owner();
    const { user, tenants } = await who();
    expect(tenants).toMatchObject([{ tenant, site, name: "Acme, Inc.", role: "owner" }]);
    const said = { user: { id: user.id, name: "Anna" }, tenant: null, role: "viewer", operator: null };
    expect(asked.findLast(({ call }) => call === "POST /tenants")).toMatchObject({
      body: { name: "Acme, Inc.", site },
      said,
    });
    for (const taken of [site, "demo"]) {
      expect(await auth.createTenant(request(), { name: "Acme", site: taken })).toMatchObject({ field: "site" });
    }
  });

  it("are invited, join, change and go; each is written down in the name of whoever did it", async () => {
    const boss = await owner("Boss");
    const guest = await newcomer("Guest");
    const { auth, tenant } = boss;
    const before = asked.length;
    const wish = { tenant, email: guest.email, role: "viewer" } as const;
    expect(await boss.keep(auth.invite(boss.request(), wish))).toMatchObject({ ok: true });
    const { invitations } = await auth.members(boss.request(), tenant);
    expect(invitations).toMatchObject([{ email: guest.email, role: "viewer" }]);
    const id = new URL(linkIn(world(), guest.email)).pathname.split("/").at(-1) ?? "";
    expect(invitations[0]?.id).toBe(id);
    expect(await boss.auth.acceptInvitation(boss.request(), { id })).toMatchObject({ ok: false });
    expect(await guest.keep(auth.acceptInvitation(guest.request(), { id }))).toMatchObject({ ok: true });
    expect((await guest.who()).tenants).toMatchObject([{ tenant, role: "viewer" }]);

    const member = (await auth.members(boss.request(), tenant)).members.find(({ email }) => email === guest.email)?.id;
    const change = { tenant, member: member ?? "", role: "admin" } as const;
    expect(await guest.auth.changeRole(guest.request(), change)).toMatchObject({ ok: false });
    expect(await auth.changeRole(boss.request(), change)).toMatchObject({ ok: true });
    expect((await guest.who()).tenants[0]?.role).toBe("admin");
    expect(await auth.removeMember(boss.request(), { tenant, member: member ?? "" })).toMatchObject({ ok: true });
    expect((await guest.who()).tenants).toEqual([]);

    const [{ id: bossId }, { id: guestId }] = [(await boss.who()).user, (await guest.who()).user];
    const notes = asked.slice(before).filter(({ call }) => call === "POST /audit");
    expect(notes.map(({ body, said }) => [(body as { action: string }).action, said?.user.id, said?.tenant])).toEqual([
      ["members.invite", bossId, tenant],
      ["members.join", guestId, tenant],
      ["members.change", bossId, tenant],
      ["members.remove", bossId, tenant],
    ]);
    expect(notes[0]?.said?.address).toBe("192.0.2.7");
    expect(world().reports).not.toContain("audit");
  });

  it("keep an owner, and have an invitation withdrawn", async () => {
    const boss = await owner();
    const { auth, tenant } = boss;
    const [self] = (await auth.members(boss.request(), tenant)).members;
    const last = await auth.changeRole(boss.request(), { tenant, member: self?.id ?? "", role: "viewer" });
    expect(last).toMatchObject({ ok: false, message: /needs an owner/ });
    await boss.keep(auth.invite(boss.request(), { tenant, email: newAddress(), role: "member" }));
    const { invitations } = await auth.members(boss.request(), tenant);
    const id = invitations[0]?.id ?? "";
    expect(await auth.withdrawInvitation(boss.request(), { tenant, id })).toMatchObject({ ok: true });
    expect((await auth.members(boss.request(), tenant)).invitations).toEqual([]);
  });

  it("have their invitation withdrawn from their own tenant's page alone, so that its log tells of it", async () => {
    const [boss, other] = [await owner(), await owner("Other")];
    const { auth, tenant } = boss;
    await boss.keep(auth.invite(boss.request(), { tenant, email: newAddress(), role: "member" }));
    const id = (await auth.members(boss.request(), tenant)).invitations[0]?.id ?? "";
    const before = asked.length;
    expect(await auth.withdrawInvitation(boss.request(), { tenant: other.tenant, id })).toMatchObject({ ok: false });
    expect((await auth.members(boss.request(), tenant)).invitations).toHaveLength(1);
    expect(asked.slice(before).filter(({ call }) => call === "POST /audit")).toEqual([]);
  });

  it("are as many as the plan has room for", async () => {
    const boss = await owner();
    const { auth, tenant } = boss;
    room = 1;
    try {
      const refused = await auth.invite(boss.request(), { tenant, email: newAddress(), role: "member" });
      expect(refused).toMatchObject({ ok: false, message: /room for 1/ });
    } finally {
      room = null;
    }
  });

  it("make no organization in a name that is not theirs, since nothing would tell", async () => {
    const [boss, anna] = [await newcomer("Boss"), await newcomer("Anna")];
    await setOperator(world().settings, boss.email, true);
    await boss.keep(boss.auth.signIn(boss.request(), { email: boss.email, password: PASSWORD }));
    const userId = (await anna.who()).user.id;
    const acting = await callAuth(world(), boss.request(), "/admin/impersonate-user", { userId });
    await boss.keep(Promise.resolve({ ok: true, cookies: cookiesOf(acting) }));
    expect(await boss.who()).toMatchObject({ user: { id: userId }, impersonatedBy: expect.any(String) });
    const wish = { name: "Anna's", site: `annas-${Date.now()}` };
    const before = asked.length;
    expect(await boss.auth.createTenant(boss.request(), wish)).toMatchObject({ ok: false, message: /Stop acting/ });
    expect(asked).toHaveLength(before);
    await boss.keep(boss.auth.stopImpersonating(boss.request()));
    expect(await boss.auth.createTenant(boss.request(), wish)).toMatchObject({ ok: true });
  });

  it("of another tenant are nobody's to change", async () => {
    const [boss, eve] = [await owner(), await owner("Eve")];
    const { tenant } = boss;
    const [self] = (await boss.auth.members(boss.request(), tenant)).members;
    const member = self?.id ?? "";
    const before = asked.length;
    const wish = { tenant, email: newAddress(), role: "owner" } as const;
    for (const outcome of [
      await eve.auth.invite(eve.request(), wish),
      await eve.auth.changeRole(eve.request(), { tenant, member, role: "viewer" }),
      await eve.auth.removeMember(eve.request(), { tenant, member }),
    ]) {
      expect(outcome).toMatchObject({ ok: false });
    }
    expect(asked.slice(before).filter(({ call }) => call === "POST /audit")).toEqual([]);
  });
});

describe("what the API is told", () => {
  it("is who asks, in which tenant and as what, from where", async () => {
    const boss = await owner();
    const person = await boss.who();
    const said = async (...of: Parameters<typeof boss.auth.assertion>) =>
      readAssertion(keys, await boss.auth.assertion(...of), Date.now());
    const user = { id: person.user.id, name: "Anna" };
    expect(await said(person, person.tenants[0] ?? null, "192.0.2.9")).toEqual({
      ...{ user, tenant: boss.tenant, role: "owner", operator: null, address: "192.0.2.9" },
    });
    expect(await said(person, null, null)).toMatchObject({ user, tenant: null, role: "viewer" });
    const operator = { ...person, operator: true };
    const entered = {
      tenant: "other",
      name: "other",
      site: null,
      role: "operator" as const,
      scopes: [],
    };
    expect(await said(operator, null, null)).toMatchObject({ tenant: null, role: "operator" });
    expect(await said(operator, entered, null)).toMatchObject({ tenant: "other", role: "operator" });
    await expect(said(person, entered, null)).rejects.toThrow("only an operator");
    const acting = { ...person, impersonatedBy: "op-1" };
    expect(await said(acting, person.tenants[0] ?? null, null)).toMatchObject({ user, operator: "op-1" });
  });
});
