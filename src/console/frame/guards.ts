import { apiClient } from "../api/client.ts";
import type { Membership, Person } from "../identity.ts";
import { goTo } from "./answer.ts";
import type { Call, Handler, OperatorCall, PersonCall, TenantCall } from "./call.ts";
import { readCookie, setCookie } from "./cookies.ts";
import { NoSuchPage } from "./no-such-page.ts";

/** For those who are signed in; others are asked to, and come back here afterwards. */
export function signedIn(handler: Handler<PersonCall>): Handler {
  return async (call) => {
    const { person, url, request } = call;
    if (person) return await handler({ ...call, person });
    const back = request.method === "GET" ? url.pathname + url.search : "/app";
    return goTo(call, `/sign-in?next=${encodeURIComponent(back)}`);
  };
}

/** For people of the tenant that the path names. To everybody else there is no such tenant. */
export function inTenant(handler: Handler<TenantCall>): Handler {
  return signedIn(async (call) => {
    const { params, person } = call;
    const tenant = params.tenant ?? "";
    const member = person.tenants.find((each) => each.tenant === tenant) ?? lookingAfter(call, person, tenant);
    if (member === "not entered") return goTo(call, `/operator/tenants/${encodeURIComponent(tenant)}`);
    if (!member) throw new NoSuchPage();
    return await handler({ ...call, member, api: apiOf(call, person, member) });
  });
}

/** For whoever runs the deployment. To everybody else there is no such page. */
export function asOperator(handler: Handler<OperatorCall>): Handler {
  return signedIn(async (call) => {
    const { person } = call;
    if (!person.operator) throw new NoSuchPage();
    return await handler({ ...call, api: apiOf(call, person, null) });
  });
}

/**
 * An operator in a tenant that they belong not to: only once they have entered it, which is written into its audit log. The
 * API writes down each change with their own name.
 */
function lookingAfter({ request }: Call, person: Person, tenant: string): Membership | "not entered" | null {
  if (!person.operator || !isTenantId(tenant)) return null;
  return readCookie(request, ENTERED) === tenant ? operatorOf(tenant) : "not entered";
}

/** The cookie that names the tenant that an operator has entered. */
export const ENTERED = "entered";

/** Leaves whatever tenant an operator has entered: who comes next in this browser has entered none. */
export function leaving(url: URL): string {
  return setCookie(url, ENTERED, "", 0);
}

/** What may stand in a cookie as it is. */
export function isTenantId(text: string): boolean {
  return /^[\w.-]{1,64}$/.test(text);
}

/** What an operator is in any tenant. */
export function operatorOf(tenant: string): Membership {
  return { tenant, name: tenant, site: null, role: "operator", scopes: ["admin"] };
}

export function apiOf({ parts, request }: Call, person: Person, member: Membership | null) {
  const address = request.headers.get("CF-Connecting-IP");
  return apiClient({ ask: parts.askApi, bearer: () => parts.auth.assertion(person, member, address) });
}
