import * as z from "zod";
import type { Assertion } from "../../core/people/assertion.ts";
import { OPERATOR, ROLES, type Role } from "../../core/people/roles.ts";
import type { TenantId } from "../../core/tenant.ts";
import { type CallParts, callAuth, cookiesOf } from "./call-auth.ts";

const known = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.string().nullish(),
    twoFactorEnabled: z.boolean().nullish(),
  }),
  session: z.object({ id: z.string(), impersonatedBy: z.string().nullish() }),
});

/** Somebody who is signed in. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly isOperator: boolean;
  readonly hasSecondFactor: boolean;
  readonly session: string;
  /** The operator who acts in their name; `null`: it is the person. */
  readonly operator: string | null;
};

/** A tenant in which a person has a place. */
export type Place = { readonly tenant: TenantId; readonly name: string; readonly site: string; readonly role: Role };

/** Who sends a request, and cookies to send back: a session that is used lives on. `null`: nobody, or no more. */
export async function personOf(
  parts: CallParts,
  request: Request,
): Promise<{ readonly person: Person | null; readonly cookies: readonly string[] }> {
  const answer = await callAuth(parts, request, "/get-session");
  const cookies = cookiesOf(answer);
  const said = known.safeParse(answer.ok ? await answer.json() : null);
  if (!said.success) return { person: null, cookies };
  const { user, session } = said.data;
  const person = {
    ...{ id: user.id, name: user.name, email: user.email },
    isOperator: user.role === OPERATOR,
    hasSecondFactor: user.twoFactorEnabled === true,
    ...{ session: session.id, operator: session.impersonatedBy ?? null },
  };
  return { person, cookies };
}

/**
 * What the console says to the API in a person's name: as what they are in that place; `operator`, where an operator acts
 * as one, in a tenant or in none; `null`: as nobody in particular, who may only make a tenant.
 */
export function assertionFor(
  person: Pick<Person, "id" | "name" | "isOperator" | "operator">,
  place: Pick<Place, "tenant" | "role"> | { readonly as: "operator"; readonly tenant: TenantId | null } | null,
  address: string | null,
): Assertion {
  const { id, name, operator } = person;
  const said = { user: { id, name }, operator, address };
  if (place === null) return { ...said, tenant: null, role: "viewer" };
  if ("role" in place) return { ...said, tenant: place.tenant, role: place.role };
  if (!person.isOperator) throw new Error("only an operator acts as one");
  return { ...said, tenant: place.tenant, role: OPERATOR };
}

/** The strongest of the roles in a member's row; `null`: none that we know. */
export function roleOf(text: string): Role | null {
  const named = text.split(",").map((role) => role.trim());
  return ROLES.find((role) => named.includes(role)) ?? null;
}
