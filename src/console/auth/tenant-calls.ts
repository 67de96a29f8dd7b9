import { APIError } from "better-auth/api";
import * as z from "zod";
import { type Assertion, type AssertionKeys, formatAssertion } from "../../core/people/assertion.ts";
import type { TenantId } from "../../core/tenant.ts";
import { ApiProblem, apiClient } from "../api/client.ts";
import type { AskApi } from "../frame/call.ts";
import type { AuthParts } from "./auth-parts.ts";

const madeTenant = z.object({ id: z.string() });
const planState = z.object({ limits: z.object({ members: z.number().nullable() }) });

/** As whom the console asks what a plan has room for, which is about nobody in particular. */
const CONSOLE = { id: "console", name: "the console" };

export type TenantCallParts = { readonly keys: AssertionKeys; readonly askApi: AskApi; readonly now: () => number };

/** What sign-in asks of the API: tenants are its own. */
export function tenantCalls({ keys, askApi, now }: TenantCallParts): Pick<AuthParts, "makeTenant" | "memberRoom"> {
  const apiAs = (said: Pick<Assertion, "user" | "tenant">) => {
    const assertion: Assertion = { ...said, role: "viewer", operator: null, address: null };
    return apiClient({ ask: askApi, bearer: async () => formatAssertion(keys, assertion, now()) });
  };
  return {
    async makeTenant({ user, name, site }) {
      try {
        return await apiAs({ user, tenant: null }).send("POST", "/tenants", madeTenant, { name, site });
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.status >= 500) throw error;
        throw new APIError("BAD_REQUEST", { code: error.code, message: error.message });
      }
    },

    async memberRoom(tenant) {
      return (await apiAs({ user: CONSOLE, tenant: tenant as TenantId }).get("/plan", planState)).limits.members;
    },
  };
}
