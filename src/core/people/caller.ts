import type { TenantId } from "../tenant.ts";
import type { Scope } from "./scopes.ts";

/** What is known of the key that a caller shows. */
type ShownKey = {
  /** Names the key to people; no secret. */
  readonly key: { readonly id: string; readonly name: string };
  /** When it ends, ms since the epoch; `null`: never. */
  readonly expiresAt: number | null;
};

/** Whom an API key speaks for: one tenant, as far as its scopes go, or the operator, who may act for any. */
export type Caller =
  | (ShownKey & { readonly role: "tenant"; readonly tenant: TenantId; readonly scopes: readonly Scope[] })
  | (ShownKey & { readonly role: "operator" });
