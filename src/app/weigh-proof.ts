import { type Proof, proofOf } from "../core/access.ts";
import type { Tenant } from "../core/tenant.ts";
import type { SignatureVerdict } from "../core/verify/material.ts";
import type { Clock } from "../ports/clock.ts";
import type { ServiceAccountKeys } from "../ports/service-account-keys.ts";
import { BudgetExceeded, withinBudget } from "../ports/time-budget.ts";
import type { SignedFor } from "./admit.ts";
import type { InBackground, Report } from "./in-background.ts";
import type { Source } from "./read-source.ts";
import type { TenantSecrets } from "./tenant-secrets.ts";

/** How long a download waits for keys that Google publishes, in ms. Past that the origin is asked instead. */
export const ACCOUNT_KEYS_BUDGET_MS = 50;

type Verify = typeof import("../core/verify/verify-signature.ts")["verifySignature"];
/** Loaded by the first link that is to be verified: few tenants want that, and it is a tenth of what downloads need. */
let verify: Verify | undefined;

export type ProofParts = {
  readonly secrets: TenantSecrets;
  readonly serviceAccounts: ServiceAccountKeys;
  readonly clock: Clock;
  readonly inBackground: InBackground;
  readonly report: Report;
};

/** What a caller's link proves; `vouched`: its signature covers the URL, and holds. */
export type Standing = { readonly proof: Proof; readonly vouched: boolean };

/**
 * Weighs a link before anything is looked up. Waits for nothing but cryptography and, now and then, for a Google key
 * inside its budget. Whatever goes wrong, the origin is asked. Never rejects.
 */
export async function weighProof(
  tenant: Tenant,
  { url, access }: Source,
  signed: SignedFor | null,
  parts: ProofParts,
): Promise<Standing> {
  const signature = access === "verify" && url.unstorable === null ? await check(tenant, url, parts) : "unknown";
  const proof = proofOf(access, { signature, signedLink: signed !== null, guessed: url.guessed });
  return { proof, vouched: signed?.whole === true || signature === "valid" };
}

async function check(
  tenant: Tenant,
  url: Source["url"],
  { secrets, serviceAccounts, clock, inBackground, report }: ProofParts,
): Promise<SignatureVerdict> {
  try {
    verify ??= (await import("../core/verify/verify-signature.ts")).verifySignature;
    return await verify(url, await secrets.material(tenant), {
      now: clock.now(),
      async accountKeys(email) {
        const answer = serviceAccounts.find(email);
        try {
          return await withinBudget("account keys", ACCOUNT_KEYS_BUDGET_MS, answer);
        } catch (error) {
          report("account keys", error);
          // The next download finds them remembered.
          if (error instanceof BudgetExceeded) inBackground(answer);
          return null;
        }
      },
    });
  } catch (error) {
    report("verify", error);
    return "unknown";
  }
}
