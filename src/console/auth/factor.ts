import * as z from "zod";
import type { Auth } from "../identity.ts";
import { type CallParts, callAuth, cookiesOf } from "./call-auth.ts";
import { outcomeOf, refusalOf } from "./outcome.ts";

const enabled = z.object({ totpURI: z.url(), backupCodes: z.array(z.string()) });

type Factor = Pick<Auth, "setUpSecondFactor" | "confirmSecondFactor" | "turnOffSecondFactor">;

/** The second factor of whoever is signed in. */
export function secondFactor(parts: CallParts): Factor {
  return {
    async setUpSecondFactor(request, { password }) {
      const answer = await callAuth(parts, request, "/two-factor/enable", { password });
      if (!answer.ok) return await refusalOf(answer);
      const { totpURI: uri, backupCodes: recoveryCodes } = enabled.parse(await answer.json());
      const secret = new URL(uri).searchParams.get("secret") ?? "";
      return { ok: true, uri, secret, recoveryCodes, cookies: cookiesOf(answer) };
    },
    confirmSecondFactor: async (request, { code }) =>
      await outcomeOf(await callAuth(parts, request, "/two-factor/verify-totp", { code })),
    turnOffSecondFactor: async (request, { password }) =>
      await outcomeOf(await callAuth(parts, request, "/two-factor/disable", { password })),
  };
}
