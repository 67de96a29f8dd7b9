import { holds, type Scope } from "../core/people/scopes.ts";

/**
 * What the console needs of whoever knows people: one port, in our words. src/console/auth/ stands behind it with a library;
 * tests have a fake. Every action takes the request, for its cookies and its address, and says which cookies to set.
 */

export const ROLES = ["owner", "admin", "member", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** A person's place in one organisation, which is a tenant of the same id. */
export type Membership = {
  readonly tenant: string;
  /** As its people call it. */
  readonly name: string;
  /** Its name in links (`?site=`); `null`: an operator looks after it, who is told by its settings. */
  readonly site: string | null;
  readonly role: Role | "operator";
  /** What the role allows. */
  readonly scopes: readonly Scope[];
};

export type User = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly secondFactor: boolean;
};

/** Who is signed in. */
export type Person = {
  readonly user: User;
  readonly tenants: readonly Membership[];
  /** Whether the person runs this deployment, and may look after any tenant. */
  readonly operator: boolean;
  /** The operator who acts in their name; `null`: it is the person. */
  readonly impersonatedBy: string | null;
};

/** Set-Cookie fields that an answer has to carry. */
export type Cookies = readonly string[];

/**
 * How an action ended. `next`: what the person has to do before it is done. A refusal says what to do about it, names the
 * field that it is about where there is one, and never whether somebody else has an account.
 */
export type Outcome =
  | { readonly ok: true; readonly cookies: Cookies; readonly next?: "second-factor" | "confirm" }
  | { readonly ok: false; readonly message: string; readonly field?: string };

/** A second factor that is being set up; nothing counts before its first code. */
export type FactorSetup = {
  readonly ok: true;
  /** `otpauth://…`, for an authenticator. */
  readonly uri: string;
  readonly secret: string;
  /** Shown this once. */
  readonly recoveryCodes: readonly string[];
  readonly cookies: Cookies;
};

export type Member = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** ISO 8601. */
  readonly since: string;
};

export type Invitation = {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  /** ISO 8601. */
  readonly expires: string;
};

/** Somewhere where a person is signed in. */
export type Session = {
  readonly id: string;
  /** Whether the request itself comes from there. */
  readonly isHere: boolean;
  /** What the browser says that it is (`User-Agent`); `null`: nothing. */
  readonly browser: string | null;
  /** Of the network that signed in; `null`: not known. */
  readonly address: string | null;
  /** When it began, and when it was last used, to the day. ISO 8601. */
  readonly since: string;
  readonly used: string;
  /** Whether an operator acts in the person's name there. */
  readonly isOperators: boolean;
};

export type Auth = {
  /** Who is signed in, `null`: nobody; and cookies for the answer, since a session that is used lives on. */
  who(request: Request): Promise<{ readonly person: Person | null; readonly cookies: Cookies }>;
  signUp(request: Request, wish: { name: string; email: string; password: string }): Promise<Outcome>;
  signIn(request: Request, wish: { email: string; password: string }): Promise<Outcome>;
  signOut(request: Request): Promise<Outcome>;
  checkSecondFactor(request: Request, wish: { code: string }): Promise<Outcome>;
  confirm(request: Request, wish: { token: string }): Promise<Outcome>;
  /** The same answer whether somebody has this address or not. */
  askReset(request: Request, wish: { email: string }): Promise<Outcome>;
  reset(request: Request, wish: { token: string; password: string }): Promise<Outcome>;
  setUpSecondFactor(request: Request, wish: { password: string }): Promise<FactorSetup | Refusal>;
  confirmSecondFactor(request: Request, wish: { code: string }): Promise<Outcome>;
  turnOffSecondFactor(request: Request, wish: { password: string }): Promise<Outcome>;
  /** Where the person of this request is signed in, what was used last first. */
  sessions(request: Request): Promise<readonly Session[]>;
  /** Ends one of the person's own sessions; somebody else's is none. */
  endSession(request: Request, wish: { id: string }): Promise<Outcome>;
  /** Ends all but the one of this request. */
  endOtherSessions(request: Request): Promise<Outcome>;
  /** Makes an organisation whose owner the person is, and its tenant; `site`: its name in links, which never changes. */
  createTenant(
    request: Request,
    wish: { name: string; site: string },
  ): Promise<(Outcome & { ok: true; tenant: string }) | Refusal>;
  members(
    request: Request,
    tenant: string,
  ): Promise<{ members: readonly Member[]; invitations: readonly Invitation[] }>;
  invite(request: Request, wish: { tenant: string; email: string; role: Role }): Promise<Outcome>;
  withdrawInvitation(request: Request, wish: { tenant: string; id: string }): Promise<Outcome>;
  acceptInvitation(request: Request, wish: { id: string }): Promise<Outcome>;
  changeRole(request: Request, wish: { tenant: string; member: string; role: Role }): Promise<Outcome>;
  removeMember(request: Request, wish: { tenant: string; member: string }): Promise<Outcome>;
  /**
   * A bearer of 60 s that tells the API for whom the console asks, and from which address (`null`: not known): in this
   * tenant, or in none, for operators' calls and for who has none yet.
   */
  assertion(person: Person, member: Membership | null, address: string | null): Promise<string>;
  /** Ends acting in another person's name. */
  stopImpersonating(request: Request): Promise<Outcome>;
};

export type Refusal = Extract<Outcome, { ok: false }>;

/** Whether the person's role in this tenant allows what a scope names. */
export function may({ scopes }: Pick<Membership, "scopes">, scope: Scope): boolean {
  return holds(scopes, scope);
}
