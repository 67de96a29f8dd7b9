import { env } from "cloudflare:workers";
import { inject } from "vitest";
import { answers } from "../../../../src/api/answers.ts";
import { compose } from "../../../../src/api/compose.ts";
import { parseApiEnv } from "../../../../src/api/env.ts";
import { problem } from "../../../../src/api/problem.ts";
import { hashApiKey } from "../../../../src/core/api-key.ts";
import { type Assertion, formatAssertion, parseAssertionKeys } from "../../../../src/core/people/assertion.ts";
import type { Scope } from "../../../../src/core/people/scopes.ts";
import type { TenantId } from "../../../../src/core/tenant.ts";
import { connect } from "../../../../src/platform/postgres/database.ts";
import { apiKeys, tenants } from "../../../../src/platform/postgres/schema.ts";
import { newTenant } from "../../../contracts/keys.ts";

export type Answered = {
  readonly status: number;
  readonly code: string | null;
  readonly body: Record<string, unknown>;
  readonly text: string;
  readonly headers: Headers;
};

type AskInit = {
  readonly as: string | null;
  readonly body?: unknown;
  readonly address?: string;
  readonly accept?: string;
};

export const db = connect(inject("services").database);

const CONSOLE_KEYS = `1:${"C".repeat(42)}A`;
const keys = parseAssertionKeys(CONSOLE_KEYS);
if (!keys) throw new Error("CONSOLE_KEYS does not parse");

/** The Worker with a console beside it, and settings over those of the tests. */
export function deployment(settings: Readonly<Record<string, unknown>> = {}) {
  const parsed = parseApiEnv({ ...env, CONSOLE_KEYS, ...settings });
  const composed = compose(parsed).then((parts) => answers(parsed, parts));
  return async (
    method: string,
    path: string,
    { as, body, address = "192.0.2.1", accept = "*/*" }: AskInit,
  ): Promise<Answered> => {
    const said = { "CF-Connecting-IP": address, Accept: accept };
    const headers = new Headers({ ...said, ...(as !== null && { Authorization: `Bearer ${as}` }) });
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const request = new Request(`https://edge.example.com${path}`, { method, headers, redirect: "manual", ...sent });
    const answer = await composed;
    const response = await answer(request, "request").catch((error: unknown) => problem(error, "request"));
    const text = await response.text();
    const json = text.startsWith("{") ? (JSON.parse(text) as Record<string, unknown>) : {};
    const { code = null } = (json.error ?? {}) as { code?: string };
    return { status: response.status, code, body: json, text, headers: response.headers };
  };
}

export type Ask = ReturnType<typeof deployment>;

export async function newTenantRow(columns: Partial<typeof tenants.$inferInsert> = {}): Promise<TenantId> {
  const id = newTenant();
  await db.insert(tenants).values({ id, site: id, ...columns });
  return id;
}

const random = (prefix: string) => `${prefix}_${crypto.randomUUID().replaceAll("-", "").padEnd(43, "x")}`;

/** A tenant's key with these scopes; `null`: from before there were any. */
export async function keyOf(tenantId: TenantId, scopes: readonly Scope[] | null): Promise<string> {
  const key = random("snap_key");
  await db.insert(apiKeys).values({ tenantId, hash: await hashApiKey(key), name: "t", scopes: scopes && [...scopes] });
  return key;
}

export async function operatorKey(): Promise<string> {
  const key = random("snap_op");
  await db.insert(apiKeys).values({ tenantId: null, hash: await hashApiKey(key), name: "an operator's" });
  return key;
}

/** What the console sends in a person's name. */
export function personAs(role: Assertion["role"], tenant: TenantId | null, changes: Partial<Assertion> = {}): string {
  if (!keys) throw new Error("there are no keys");
  const said = { user: { id: `${role}-1`, name: `a ${role}` }, tenant, role, operator: null, address: "192.0.2.7" };
  return formatAssertion(keys, { ...said, ...changes }, Date.now());
}
