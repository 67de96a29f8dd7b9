import { apiClient } from "../api/client.ts";
import type { Membership, Person } from "../identity.ts";
import { goTo } from "./answer.ts";
import type { Call, Handler, OperatorCall, PersonCall, TenantCall } from "./call.ts";
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
    const member = person.tenants.find((each) => each.tenant === tenant) ?? lookingAfter(person, tenant);
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

/** An operator as somebody of a tenant that they belong not to. The API writes down each change with their own name. */
function lookingAfter(person: Person, tenant: string): Membership | null {
  return person.operator && /^[\w-]{1,128}$/.test(tenant) ? operatorOf(tenant) : null;
}

function operatorOf(tenant: string): Membership {
  return { tenant, name: tenant, role: "operator", scopes: new Set(["admin"]) };
}

function apiOf({ parts, request }: Call, person: Person, member: Membership | null) {
  const address = request.headers.get("CF-Connecting-IP");
  return apiClient({ ask: parts.askApi, bearer: () => parts.auth.assertion(person, member, address) });
}
