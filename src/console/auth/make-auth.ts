import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError, createAuthMiddleware, isAPIError } from "better-auth/api";
import { betterAuth } from "better-auth/minimal";
import { admin } from "better-auth/plugins/admin";
import { twoFactor } from "better-auth/plugins/two-factor";
import { OPERATOR } from "../../core/people/roles.ts";
import type { AuthParts } from "./auth-parts.ts";
import { confirmMail, knownAddressMail, passwordChangedMail, resetMail } from "./mails.ts";
import { organizations } from "./organizations.ts";
import { operatorAccess } from "./roles.ts";
import * as schema from "./schema.ts";

/** Where better-auth's own calls are, to which nothing from outside comes: pages make them, by `callAuth`. */
export const AUTH_PATH = "/api/auth";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Passwords (NIST SP 800-63B section 5.1.1: length, and no rules of what must be in one). */
export const PASSWORD_LENGTH = { min: 10, max: 128 } as const;
/** Calls that are tried with one address again and again, or that send it mail. */
const BY_ADDRESS = new Set([
  ...["/sign-in/email", "/sign-up/email", "/request-password-reset", "/send-verification-email"],
  "/organization/invite-member",
]);

export type Auth = ReturnType<typeof makeAuth>;

/**
 * Sign-in: better-auth, set up. Made once per isolate; holds on to no request. Its calls are made by `callAuth`, never by
 * `auth.api` with what a person has typed: only the handler checks origins and counts tries.
 */
export function makeAuth(parts: AuthParts) {
  const { baseUrl, database, sendMail, inBackground, report } = parts;
  const secure = baseUrl.startsWith("https:");
  const page = (path: string) => `${baseUrl}${path}`;
  // To pages of ours, where a person presses a button: programs that read mail follow links.
  const pageWith = (path: string, token: string) => page(`${path}?token=${encodeURIComponent(token)}`);
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
      sendResetPassword: ({ user, token }) => sendMail(resetMail(user.email, pageWith("/reset", token))),
      onPasswordReset: ({ user }) => sendMail(passwordChangedMail(user.email)),
      onExistingUserSignUp: ({ user }) => sendMail(knownAddressMail(user.email, page("/sign-in"), page("/reset"))),
    },
    emailVerification: {
      sendOnSignUp: true,
      sendOnSignIn: true,
      autoSignInAfterVerification: false,
      expiresIn: HOUR,
      sendVerificationEmail: ({ user, token }) => sendMail(confirmMail(user.email, pageWith("/confirm", token))),
    },
    // Looked up on each request: a session that is revoked is over at once.
    session: { expiresIn: 14 * DAY, updateAge: DAY, freshAge: HOUR, cookieCache: { enabled: false } },
    rateLimit: {
      enabled: true,
      storage: "database",
      window: MINUTE,
      max: 20 * parts.triesPerMinute,
      customRules: {
        // Each page asks it, and there is nothing to try.
        "/get-session": false,
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
      // Browsers take such a cookie from this very host alone, over TLS: customers' files come from a sibling of it, and
      // whoever could set cookies there would have people sign in to what is another's (RFC 6265bis, section 4.1.3.2).
      useSecureCookies: false,
      cookiePrefix: secure ? "__Host-snapbyte" : "snapbyte",
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
      organizations(parts),
    ],
  });
}

function isError(value: unknown): value is Error {
  return value instanceof Error;
}
