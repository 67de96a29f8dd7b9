import { membershipOf } from "../../../src/console/auth/session.ts";
import {
  type Auth,
  type Invitation,
  type Member,
  type Membership,
  type Outcome,
  type Person,
  ROLES,
  type Role,
} from "../../../src/console/identity.ts";
import type { TenantId } from "../../../src/core/tenant.ts";
import { SESSIONS } from "./sample-sessions.ts";

export const PASSWORD = "correct horse battery staple";
export const CODE = "123456";
const WRONG: Outcome = { ok: false, message: "E-mail and password do not belong together." };

export type FakeAuth = Auth & {
  /** Who has signed in, by the value of the cookie `who`. */
  readonly people: Map<string, Person>;
  readonly asked: { readonly action: string; readonly wish: unknown }[];
};

export function membership(tenant: string, name: string, role: Role): Membership {
  return membershipOf({ tenant: tenant as TenantId, name, site: tenant, role });
}

/** A person of one organisation for each role, one of none, and an operator: all with the same password. */
export function samplePeople(): Map<string, Person> {
  const person = (id: string, tenants: Membership[], operator = false): [string, Person] => {
    const user = { id, email: `${id}@acme.example`, name: id, secondFactor: id === "admin" };
    return [id, { user, tenants, operator, impersonatedBy: id === "actor" ? "op1" : null }];
  };
  return new Map([
    ...ROLES.map((role) => person(role, [membership("acme", "Acme Media", role)])),
    person("newcomer", []),
    person("actor", [membership("acme", "Acme Media", "member")]),
    person("busy", [membership("acme", "Acme Media", "owner"), membership("globex", "Globex", "viewer")]),
    person("operator", [membership("acme", "Acme Media", "owner")], true),
  ]);
}

/** People in memory. Whoever the cookie names is signed in: what a session is, the real one decides. */
export function fakeAuth(): FakeAuth {
  const people = samplePeople();
  const asked: FakeAuth["asked"] = [];
  const note = (action: string, wish: unknown): void => {
    asked.push({ action, wish });
  };
  const signedInAs = (id: string): Outcome => ({ ok: true, cookies: [`who=${id}; Path=/; HttpOnly; SameSite=Lax`] });
  const fine = async (action: string, wish: unknown): Promise<Outcome> => {
    note(action, wish);
    return { ok: true, cookies: [] };
  };
  const byPassword = async (action: string, { password }: { password: string }): Promise<Outcome> => {
    note(action, null);
    return password === PASSWORD
      ? { ok: true, cookies: [] }
      : { ok: false, field: "password", message: "This is not your password." };
  };
  return {
    ...{ people, asked },
    async who(request) {
      const id = /\bwho=(\w+)/.exec(request.headers.get("Cookie") ?? "")?.[1] ?? "";
      return { person: people.get(id) ?? null, cookies: people.has(id) ? [`who=${id}; Path=/; Max-Age=1209600`] : [] };
    },
    signUp: async (_request, wish) => ({ ...(await fine("signUp", wish)), next: "confirm" }) as Outcome,
    async signIn(_request, { email, password }) {
      const [id = ""] = email.split("@");
      const person = people.get(id);
      if (!person || password !== PASSWORD) return WRONG;
      return person.user.secondFactor
        ? { ok: true, cookies: ["step=1; Path=/"], next: "second-factor" }
        : signedInAs(id);
    },
    checkSecondFactor: async (_request, { code }) =>
      code === CODE
        ? signedInAs("admin")
        : { ok: false, field: "code", message: "This code does not count (any more)." },
    signOut: async () => ({ ok: true, cookies: ["who=; Path=/; Max-Age=0"] }),
    confirm: async (_request, { token }) =>
      token === "good" ? signedInAs("newcomer") : { ok: false, message: "This link has been used, or is over." },
    askReset: (_request, wish) => fine("askReset", wish),
    reset: async (_request, { token }) =>
      token === "good" ? { ok: true, cookies: [] } : { ok: false, message: "This link has been used, or is over." },
    async setUpSecondFactor(_request, wish) {
      const outcome = await byPassword("setUp", wish);
      if (!outcome.ok) return outcome;
      return { ok: true, uri: "otpauth://totp/x", secret: "JBSWY3DP", recoveryCodes: ["a1-b2", "c3-d4"], cookies: [] };
    },
    confirmSecondFactor: async (_request, { code }) =>
      code === CODE
        ? { ok: true, cookies: [] }
        : { ok: false, field: "code", message: "This code does not count (any more)." },
    turnOffSecondFactor: (_request, wish) => byPassword("turnOff", wish),
    async createTenant(_request, wish) {
      const { name } = wish;
      note("createTenant", wish);
      if (name === "taken") return { ok: false, field: "name", message: "Choose another name." };
      return { ok: true, cookies: [], tenant: "acme" };
    },
    sessions: async () => SESSIONS,
    endSession: async (_request, wish) =>
      SESSIONS.some(({ id }) => id === wish.id)
        ? await fine("endSession", wish)
        : { ok: false, message: "This session is over already." },
    endOtherSessions: (_request) => fine("endOtherSessions", null),
    members: async () => ({ members: MEMBERS, invitations: INVITATIONS }),
    invite: (_request, wish) => fine("invite", wish),
    withdrawInvitation: (_request, wish) => fine("withdrawInvitation", wish),
    acceptInvitation: (_request, wish) => fine("acceptInvitation", wish),
    async changeRole(_request, wish) {
      note("changeRole", wish);
      return wish.member === "m1"
        ? { ok: false, message: "An organisation needs an owner." }
        : { ok: true, cookies: [] };
    },
    removeMember: (_request, wish) => fine("removeMember", wish),
    assertion: async (person, member, address) =>
      `snap_ses_${person.user.id}.${member?.tenant}.${member?.role}.${address}`,
    stopImpersonating: (_request) => fine("stopImpersonating", null),
  };
}

const MEMBERS: readonly Member[] = [
  { id: "m1", email: "ada@acme.example", name: "Ada Byron", role: "owner", since: "2026-01-10T09:00:00Z" },
  { id: "m2", email: "max@acme.example", name: `Max "<b>" O'Hare`, role: "viewer", since: "2026-09-02T09:00:00Z" },
];
const INVITATIONS: readonly Invitation[] = [
  { id: "i1", email: "eve@acme.example", role: "member", expires: "2026-11-23T12:00:00Z" },
];
