import { env } from "cloudflare:workers";
import { inject } from "vitest";
import { answers } from "../../../src/api/answers.ts";
import { compose } from "../../../src/api/compose.ts";
import { parseApiEnv } from "../../../src/api/env.ts";
import { problem } from "../../../src/api/problem.ts";
import { connect } from "../../../src/platform/postgres/database.ts";
import { originRules, tenants } from "../../../src/platform/postgres/schema.ts";
import { newTenant } from "../../contracts/keys.ts";

const tenant = newTenant();
export const API = "api.snapbyte.example";
export const EDGE = "edge.snapbyte.example";
const SETTINGS = { DEFAULT_TENANT: tenant, API_HOSTS: API, DELIVERY_HOSTS: EDGE };
export const link = `/proxy?url=${encodeURIComponent("https://files.example/a.mp4")}`;

/** Registers the deployment's own tenant. */
export async function registerTenant(): Promise<void> {
  const db = connect(inject("services").database);
  await db.insert(tenants).values({ id: tenant, site: tenant });
  await db.insert(originRules).values({ tenantId: tenant, scheme: "https", host: "files.example", port: 443 });
}

/** What loads management; absent: that which is deployed. */
export type Load = Parameters<typeof answers>[2];

/** The Worker, composed anew. */
export async function dispatcher(manage?: Load) {
  const parsed = parseApiEnv({ ...env, ...SETTINGS });
  return answers(parsed, await compose(parsed), manage);
}

/** A request as the runtime hands it over: the URL is what the client sent, however odd. */
export function requestOf(url: string, method = "GET"): Request {
  const request = new Request("https://placeholder.example/", { method, redirect: "manual" });
  Object.defineProperty(request, "url", { value: url });
  return request;
}

type Asked = { readonly method?: string; readonly manage?: Load };

export async function ask(url: string, { method = "GET", manage = managed }: Asked = {}): Promise<Response> {
  const answer = await dispatcher(manage);
  return await answer(requestOf(url, method), "request").catch((error: unknown) => problem(error, "request"));
}

/** Management in name only: tells that it was asked. */
const managed: Load = async () => async (request) => new Response(`management of ${request.url}`);
