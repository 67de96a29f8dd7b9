import * as z from "zod";
import { tenantQuery } from "../schemas/tenants.ts";
import { answer, body, error, type Json, managed, path, query, ref, security, site } from "./operation-parts.ts";

const key = path("id", "As GET /keys lists it.");
const tenant = path("id", "As GET /tenants lists it.");
const unknown = { 404: error("There is none of this id.") };
const noRoom = { 402: error("The plan has no room for one more.") };

type Call = { readonly gives: string; readonly takes?: string; readonly made?: true; readonly more?: Json };

function call(summary: string, parameters: readonly Json[], { gives, takes, made, more }: Call): Json {
  return {
    ...{ summary, security, parameters },
    ...(takes && { requestBody: body(ref(takes)) }),
    responses: { ...managed, ...(made ? { 201: answer("Made.", gives) } : { 200: answer("Done.", gives) }), ...more },
  };
}

const listing = Object.entries(z.toJSONSchema(tenantQuery, { io: "input" }).properties ?? {}).map(([name, schema]) =>
  query(name, "", schema as Json),
);

/** API keys, and, for operators, tenants. */
export const peoplePaths: Json = {
  "/keys": {
    get: call("The API keys, without their secrets", [site], { gives: "ApiKeyList" }),
    post: call("Make a key; it is shown this once", [site], {
      ...{ takes: "ApiKeyWish", gives: "NewApiKey", made: true, more: noRoom },
    }),
  },
  "/keys/{id}": {
    get: call("An API key", [key, site], { gives: "ApiKey", more: unknown }),
    delete: call("Revoke a key: within a minute it opens nothing", [key, site], {
      gives: "ApiKeyRevoked",
      more: unknown,
    }),
  },
  "/keys/{id}/rotate": {
    post: call("Make a key like it, beside which it lives on for a while", [key, site], {
      ...{ takes: "ApiKeyRotation", gives: "NewApiKey", made: true, more: unknown },
    }),
  },
  "/plan": { get: call("What the tenant has, and how it stands", [site], { gives: "PlanState" }) },
  "/tenants": {
    get: call("For operators: all tenants, in the order of creation", listing, { gives: "TenantPage" }),
    post: call("For operators, and for the console in a person's name: make a tenant", [], {
      ...{ takes: "NewTenant", gives: "Tenant", made: true, more: { 409: error("Its site is taken.") } },
    }),
  },
  "/tenants/{id}": {
    get: call("For operators: a tenant", [tenant], { gives: "Tenant", more: unknown }),
    patch: call("For operators: change its name, plan or limits, and only what is named", [tenant], {
      ...{ takes: "TenantChange", gives: "Tenant", more: unknown },
    }),
  },
  "/tenants/{id}/suspend": {
    post: call("For operators: have the cache stand aside for its downloads", [tenant], {
      ...{ takes: "Suspension", gives: "Tenant", more: unknown },
    }),
  },
  "/tenants/{id}/resume": {
    post: call("For operators: end that", [tenant], { gives: "Tenant", more: unknown }),
  },
};
