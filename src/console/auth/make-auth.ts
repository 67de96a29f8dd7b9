import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError, createAuthMiddleware, isAPIError } from "better-auth/api";
import { betterAuth } from "better-auth/minimal";
import { admin } from "better-auth/plugins/admin";
import { organization } from "better-auth/plugins/organization";
import { twoFactor } from "better-auth/plugins/two-factor";
import { OPERATOR } from "../../core/people/roles.ts";
import type { PeopleDatabase } from "./database.ts";
import { confirmMail, inviteMail, knownAddressMail, passwordChangedMail, resetMail, type SendMail } from "./mails.ts";
import { membersOf } from "./places.ts";
import { operatorAccess, organizationAccess } from "./roles.ts";
import * as schema from "./schema.ts";

/** Where better-auth's own calls are. */
export const AUTH_PATH = "/api/auth";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Passwords (NIST SP 800-63B section 5.1.1: length, and no rules of what must be in one). */
export const PASSWORD_LENGTH = { min: 10, max: 128 } as const;
/** Organizations that one person may make. */
const OWN_ORGANIZATIONS = 5;

/** What the set-up needs of the console's environment. */
export type AuthParts = {
  /** Such as `https://console.example.com`: cookies, links in mails and the check of origins go by it. */
  readonly baseUrl: string;
  /** At least 32 characters of chance: signs cookies, seals second factors. */
  readonly secret: string;
  readonly database: PeopleDatabase;
  readonly sendMail: SendMail;
  /** Lets work outlive the answer: whether a mail is sent must not show in how long the answer takes. */
  readonly inBackground: (work: Promise<unknown>) => void;
  /** Tells the operators. */
  readonly report: (what: string, error: unknown) => void;
  /** Whether somebody may try this e-mail address once more now: the platform's rate limit, by address of mail. */
  readonly admitAddress: (email: string) => Promise<boolean>;
  /** Tries of one network a minute at whatever takes a password or sends a mail. */
  readonly triesPerMinute: number;
  /** Makes the tenant of an organization, in the person's name, and says its id. Throws what the person may read. */
  readonly makeTenant: (wish: {
    readonly user: { readonly id: string; readonly name: string };
    readonly name: string;
    readonly site: string;
  }) => Promise<{ readonly id: string }>;
  /** How many members and invitations a tenant's plan has room for; `null`: as many as it likes. */
  readonly memberRoom: (tenant: string) => Promise<number | null>;
};

/** Calls that are tried with one address again and again, or that send it mail. */
const BY_ADDRESS = new Set(["/sign-in/email", "/sign-up/email", "/request-password-reset", "/send-verification-email"]);
/** As many members as nobody has. */
const NO_LIMIT = 1_000_000;

export type Auth = ReturnType<typeof makeAuth>;

/**
 * Sign-in: better-auth, set up. Made once per isolate; holds on to no request. Its calls are made by `callAuth`, never by
 * `auth.api` with what a person has typed: only the handler checks origins and counts tries.
 */
export function makeAuth(parts: AuthParts) {
  const { baseUrl, database, sendMail, inBackground, report } = parts;
  const secure = baseUrl.startsWith("https:");
  const page = (path: string) => `${baseUrl}${path}`;
  const tries = { window: MINUTE, max: parts.triesPerMinute };

  return betterAuth({
    appName: "Snapbyte",
    baseURL: baseUrl,
    basePath: AUTH_PATH,
    secret: parts.secret,
    trustedOrigins: [baseUrl],
    // Neon's HTTP protocol knows no transaction that waits for us: what better-auth does in several steps may end half
    // done, and can be done again. A person without a password, say, gets one by a reset.
    database: drizzleAdapter(database, { provider: "pg", schema, transaction: false }),
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: HOUR,
      sendResetPassword: ({ user, url }) => sendMail(resetMail(user.email, url)),
      onPasswordReset: ({ user }) => sendMail(passwordChangedMail(user.email)),
      onExistingUserSignUp: ({ user }) => sendMail(knownAddressMail(user.email, page("/sign-in"), page("/forgot"))),
    },
    emailVerification: {
      sendOnSignUp: true,
      sendOnSignIn: true,
      autoSignInAfterVerification: false,
      expiresIn: HOUR,
      sendVerificationEmail: ({ user, url }) => sendMail(confirmMail(user.email, url)),
    },
    // Looked up on each request: a session that is revoked is over at once.
    session: { expiresIn: 14 * DAY, updateAge: DAY, freshAge: HOUR, cookieCache: { enabled: false } },
    rateLimit: {
      enabled: true,
      storage: "database",
      window: MINUTE,
      max: 20 * parts.triesPerMinute,
      customRules: {
        "/sign-in/*": tries,
        "/sign-up/*": tries,
        "/two-factor/*": tries,
        "/change-password": tries,
        "/request-password-reset": tries,
        "/reset-password": tries,
        "/send-verification-email": tries,
        "/organization/invite-member": tries,
      },
    },
    advanced: {
      // __Secure-, and never a Domain: the cookie is this host's alone.
      useSecureCookies: secure,
      cookiePrefix: "snapbyte",
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", secure, path: "/" },
      ipAddress: { ipAddressHeaders: ["cf-connecting-ip"] },
      backgroundTasks: { handler: inBackground },
      // Said aloud: left alone, they are off wherever NODE_ENV is "test".
      disableOriginCheck: false,
      disableCSRFCheck: false,
    },
    // What a person is told is no fault of ours.
    onAPIError: { onError: (error) => (isAPIError(error) ? undefined : report("auth", error)) },
    telemetry: { enabled: false },
    logger: { level: "error", log: (_, message, ...rest) => report(`auth: ${message}`, rest.find(isError) ?? null) },
    hooks: {
      before: createAuthMiddleware(async ({ path, body }) => {
        if (!BY_ADDRESS.has(path) || typeof body?.email !== "string") return;
        if (!(await parts.admitAddress(body.email.trim().toLowerCase()))) {
          throw new APIError("TOO_MANY_REQUESTS", { message: "Too many tries with this address. Wait a minute." });
        }
      }),
      // Of an address that is known better-auth tells of a made-up user, which has not all that a real one has.
      after: createAuthMiddleware(async ({ path, context, json }) => {
        if (path === "/sign-up/email" && !isAPIError(context.returned)) return await json({ status: true });
      }),
    },
    plugins: [
      twoFactor({ issuer: "Snapbyte" }),
      admin({
        ...operatorAccess,
        defaultRole: "user",
        adminRoles: [OPERATOR],
        impersonationSessionDuration: HOUR,
      }),
      organization({
        ...organizationAccess,
        creatorRole: "owner",
        organizationLimit: OWN_ORGANIZATIONS,
        disableOrganizationDeletion: true,
        requireEmailVerificationOnInvitation: true,
        cancelPendingInvitationsOnReInvite: true,
        membershipLimit: async (_, { id }) => (await parts.memberRoom(id)) ?? NO_LIMIT,
        organizationHooks: {
          // The tenant first: an organization without one would be a page that nothing can be done on.
          beforeCreateOrganization: async ({ organization: { name = "", slug = "" }, user }) => {
            const { id } = await parts.makeTenant({ user: { id: user.id, name: user.name }, name, site: slug });
            return { data: { id } };
          },
          // It stands in links that are out in the world.
          beforeUpdateOrganization: async ({ organization: { slug } }) => {
            if (slug !== undefined) throw new APIError("BAD_REQUEST", { message: "The site never changes." });
          },
          beforeCreateInvitation: async ({ organization: { id } }) => {
            const room = await parts.memberRoom(id);
            if (room === null || (await membersOf(database, id, Date.now())) < room) return;
            throw new APIError("FORBIDDEN", { message: `The plan has room for ${room} members and invitations.` });
          },
        },
        sendInvitationEmail: ({ id, email, inviter, organization: { name } }) =>
          sendMail(inviteMail(email, inviter.user.name, name, page(`/invitations/${encodeURIComponent(id)}`))),
      }),
    ],
  });
}

function isError(value: unknown): value is Error {
  return value instanceof Error;
}
