import { formatApiKey, hashApiKey } from "../../src/core/api-key.ts";
import { type Assertion, formatAssertion, parseAssertionKeys } from "../../src/core/people/assertion.ts";
import type { Caller } from "../../src/core/people/caller.ts";
import type { Tenant } from "../../src/core/tenant.ts";
import type { Clock } from "../../src/ports/clock.ts";
import { OPERATOR_CALLER, tenantCaller, tenantId } from "../core/samples.ts";
import { fakeTenants } from "../fakes/directory.ts";
import { fakeRateLimit } from "../fakes/rate-limit.ts";
import { ACME, makeWorld } from "./world.ts";

export const OTHER: Tenant = { ...ACME, id: tenantId("other"), site: "other-site" };

/** A key of its own for each number. */
const key = (role: Caller["role"], number: number) => formatApiKey(role, new Uint8Array(32).fill(number));
export const ACME_KEY = key("tenant", 1);
export const OTHER_KEY = key("tenant", 2);
export const OPERATOR_KEY = key("operator", 3);
export const ORPHAN_KEY = key("tenant", 4);
export const UNKNOWN_KEY = key("tenant", 5);

const assertionKeys = parseAssertionKeys(`2:${"B".repeat(42)}A,1:${"A".repeat(43)}`);
if (!assertionKeys) throw new Error("the keys do not parse");

/** Somebody who is signed in, and an owner of Acme's, where nothing else is said. */
export const ANNA: Assertion = {
  user: { id: "user-1", name: "Anna" },
  ...{ tenant: ACME.id, role: "owner", operator: null, address: "192.0.2.7" },
};

/** Two tenants, a key of each, an operator's, and one of a tenant that is gone; and a console. */
export async function keyedWorld(acme: Tenant = ACME) {
  const directory = fakeTenants([
    { tenant: acme, hosts: ["cdn.acme.example"] },
    { tenant: OTHER, hosts: ["cdn.other.example"] },
  ]);
  const limits = { callerLimit: fakeRateLimit(600), tenantLimit: fakeRateLimit(3_000) };
  const world = { ...makeWorld(), directory, assertionKeys, ...limits };
  world.keys.callers.set(await hashApiKey(ACME_KEY), tenantCaller(ACME.id));
  world.keys.callers.set(await hashApiKey(OTHER_KEY), tenantCaller(OTHER.id));
  world.keys.callers.set(await hashApiKey(OPERATOR_KEY), OPERATOR_CALLER);
  world.keys.callers.set(await hashApiKey(ORPHAN_KEY), tenantCaller(tenantId("gone")));
  return world;
}

export type KeyedWorld = Awaited<ReturnType<typeof keyedWorld>>;

/** The field that the console sends in a person's name. */
export function asserted(changes: Partial<Assertion>, { clock }: { readonly clock: Clock }): string {
  if (!assertionKeys) throw new Error("there are no keys");
  return bearer(formatAssertion(assertionKeys, { ...ANNA, ...changes }, clock.now()));
}

export const bearer = (apiKey: string) => `Bearer ${apiKey}`;

export const NO_KEY: [string, string | null][] = [
  ["without a field", null],
  ["with an empty field", ""],
  ["with another scheme", `Basic ${ACME_KEY}`],
  ["with the bare key", ACME_KEY],
  ["with two keys", `Bearer ${ACME_KEY}, Bearer ${OPERATOR_KEY}`],
  ["with half a key", `Bearer ${ACME_KEY.slice(0, -1)}`],
  ["with a token of somebody else's", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc"],
  ["with a key that nobody has", bearer(UNKNOWN_KEY)],
];
