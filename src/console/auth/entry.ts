import * as z from "zod";
import type { Auth, Outcome } from "../identity.ts";
import { type CallParts, callAuth, cookiesOf } from "./call-auth.ts";
import { outcomeOf, refusalOf } from "./outcome.ts";

const signedIn = z.object({ twoFactorRedirect: z.literal(true) });
const unconfirmed = z.object({ code: z.literal("EMAIL_NOT_VERIFIED") });

type Entry = Pick<Auth, "signUp" | "signIn" | "signOut" | "checkSecondFactor" | "confirm" | "askReset" | "reset">;

/** Ways in and out. */
export function entry(parts: CallParts): Entry {
  const act = async (request: Request, path: string, body: Readonly<Record<string, unknown>>) =>
    await outcomeOf(await callAuth(parts, request, path, body));
  return {
    async signUp(request, { name, email, password }) {
      const outcome = await act(request, "/sign-up/email", { name, email, password });
      return outcome.ok ? { ...outcome, next: "confirm" } : outcome;
    },

    async signIn(request, { email, password }) {
      const answer = await callAuth(parts, request, "/sign-in/email", { email, password });
      const body: unknown = await answer
        .clone()
        .json()
        .catch(() => null);
      // With the right password alone: another mail is on its way.
      if (unconfirmed.safeParse(body).success) return { ok: true, cookies: [], next: "confirm" };
      if (!answer.ok) return await refusalOf(answer);
      const done: Outcome = { ok: true, cookies: cookiesOf(answer) };
      return signedIn.safeParse(body).success ? { ...done, next: "second-factor" } : done;
    },

    signOut: async (request) => await act(request, "/sign-out", {}),
    checkSecondFactor: async (request, { code }) =>
      await act(request, /^\d{6}$/.test(code) ? "/two-factor/verify-totp" : "/two-factor/verify-backup-code", { code }),
    confirm: async (request, { token }) =>
      await outcomeOf(await callAuth(parts, request, `/verify-email?token=${encodeURIComponent(token)}`)),
    askReset: async (request, { email }) => await act(request, "/request-password-reset", { email }),
    reset: async (request, { token, password }) =>
      await act(request, "/reset-password", { token, newPassword: password }),
  };
}
