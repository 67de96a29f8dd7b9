import type { AuditBy, AuditWho } from "../../core/audit.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { type AssertionKeys, isAssertion, readAssertion } from "../../core/people/assertion.ts";
import type { Caller } from "../../core/people/caller.ts";
import { OPERATOR, ROLE_SCOPES, SERVICE } from "../../core/people/roles.ts";
import type { Scope } from "../../core/people/scopes.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ApiKeys } from "../../ports/directory.ts";
import type { RateLimit } from "../../ports/rate-limit.ts";
import { keyCaller } from "../authenticate.ts";
import type { Report } from "../in-background.ts";
import { reach } from "../reach.ts";
import { admitOften } from "./admit-often.ts";

export type IdentifyParts = {
  readonly keys: Pick<ApiKeys, "find">;
  /** What the console signs with; `null`: this deployment has none. */
  readonly assertionKeys: AssertionKeys | null;
  /** How often one caller may call. */
  readonly callerLimit: RateLimit;
  readonly clock: Clock;
  readonly report: Report;
};

/** Who calls, whatever the call is about. */
export type Identity = {
  readonly isOperator: boolean;
  /** The console, in nobody's name. */
  readonly isService: boolean;
  /** Whom they speak for; `null`: no one tenant. */
  readonly tenant: TenantId | null;
  readonly scopes: readonly Scope[];
  /** When the key ends that they show, ms since the epoch; `null`: never, or they are a person. */
  readonly expiresAt: number | null;
  readonly who: AuditWho;
  /** Where they are; a person's address is in the assertion, since the console calls for them. */
  readonly address: string | null;
};

/**
 * Who shows this Authorization field: by an API key, or a person by an assertion of the console's. Throws 401 where that
 * is nobody, 429 for who calls too often, 503 when nobody could say. `address`: where the call itself comes from.
 */
export async function identify(
  authorization: string | null,
  address: string | null,
  parts: IdentifyParts,
): Promise<Identity> {
  const identity = personOf(authorization, parts) ?? (await keyOf(authorization, address, parts));
  if (!identity) throw new SnapbyteError("UNAUTHORIZED");
  const { by, id } = identity.who;
  // What the console tells comes as often as it happens.
  if (!identity.isService) await admitOften(parts.callerLimit, `${by}:${id}`, parts);
  return identity;
}

/** As what they change is written down. */
export function auditBy({ isOperator, isService, who, address }: Identity, requestId: string): AuditBy {
  if (isService) return { actor: "schedule", address: null, requestId };
  return { actor: isOperator ? "operator" : "tenant", who, address, requestId };
}

async function keyOf(authorization: string | null, address: string | null, parts: IdentifyParts) {
  const caller = await reach("accounts", keyCaller(authorization, parts.keys), parts.report);
  return caller && fromKey(caller, address);
}

function fromKey(caller: Caller, address: string | null): Identity {
  const who = { by: "key", ...caller.key, operator: null } as const;
  const isOperator = caller.role === "operator";
  return {
    ...{ isOperator, isService: false, who, address },
    tenant: caller.role === "tenant" ? caller.tenant : null,
    scopes: caller.role === "tenant" ? caller.scopes : ROLE_SCOPES.operator,
    expiresAt: caller.expiresAt,
  };
}

function personOf(authorization: string | null, { assertionKeys, clock }: IdentifyParts): Identity | null {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? "";
  if (!assertionKeys || !isAssertion(token)) return null;
  const said = readAssertion(assertionKeys, token, clock.now());
  if (!said) return null;
  const { user, tenant, address, operator } = said;
  const { role } = said;
  const who = { by: "person", ...user, operator } as const;
  const isService = role === SERVICE;
  const scopes = isService ? [] : ROLE_SCOPES[role];
  return { isOperator: role === OPERATOR, isService, tenant, scopes, expiresAt: null, who, address };
}
