import { type AssertionKeys, formatAssertion } from "../../core/people/assertion.ts";
import { ROLE_SCOPES } from "../../core/people/roles.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { Auth, Membership, Person } from "../identity.ts";
import type { CallParts } from "./call-auth.ts";
import type { PeopleDatabase } from "./database.ts";
import { assertionFor, type Place, personOf } from "./person.ts";
import { placesOf } from "./places.ts";

export type SessionParts = CallParts & {
  readonly database: PeopleDatabase;
  /** What the console speaks to the API under. */
  readonly keys: AssertionKeys;
  readonly now: () => number;
};

/** Who is signed in, and how the API is told. */
export function sessions(parts: SessionParts): Pick<Auth, "who" | "assertion"> {
  return {
    async who(request) {
      const { person, cookies } = await personOf(parts, request);
      if (!person) return { person: null, cookies };
      const { id, email, name, hasSecondFactor: secondFactor, isOperator: operator, operator: impersonatedBy } = person;
      const tenants = (await placesOf(parts.database, id)).map(membershipOf);
      return { person: { user: { id, email, name, secondFactor }, tenants, operator, impersonatedBy }, cookies };
    },

    async assertion(person, member, address) {
      const { user, operator: isOperator, impersonatedBy: operator } = person;
      const known = { ...user, isOperator, operator };
      return formatAssertion(parts.keys, assertionFor(known, placeIn(person, member), address), parts.now());
    },
  };
}

export function membershipOf({ tenant, name, site, role }: Place): Membership {
  return { tenant, name, site, role, scopes: ROLE_SCOPES[role] };
}

/** As what the person speaks: operators, where they are about no tenant or one that they look after, as operators. */
function placeIn({ operator }: Person, member: Membership | null): Parameters<typeof assertionFor>[1] {
  if (member === null) return operator ? { as: "operator", tenant: null } : null;
  const tenant = member.tenant as TenantId;
  return member.role === "operator" ? { as: "operator", tenant } : { tenant, role: member.role };
}
