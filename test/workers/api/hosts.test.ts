import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, inject, test, vi } from "vitest";
import { answers } from "../../../src/api/answers.ts";
import { compose } from "../../../src/api/compose.ts";
import { parseApiEnv } from "../../../src/api/env.ts";
import { problem } from "../../../src/api/problem.ts";
import { hashApiKey } from "../../../src/core/api-key.ts";
import { connect } from "../../../src/platform/postgres/database.ts";
import { apiKeys, originRules, tenants } from "../../../src/platform/postgres/schema.ts";
import { newTenant } from "../../contracts/keys.ts";
import { presigned } from "../../core/samples.ts";

// The first call starts the Worker.
vi.setConfig({ testTimeout: 30_000 });

const [acme, other] = [newTenant(), newTenant()];
const keyOf = (role: "key" | "op") => `snap_${role}_${crypto.randomUUID().replaceAll("-", "").padEnd(43, "x")}`;
const [acmesKey, othersKey, operatorsKey] = [keyOf("key"), keyOf("key"), keyOf("op")];

const API = "api.snapbyte.example";
const EDGE = "edge.snapbyte.example";
const SETTINGS = { ENVIRONMENT: "production", DEFAULT_TENANT: other };

type Answered = { readonly status: number; readonly body: Record<string, unknown>; readonly location: string | null };

/** The Worker as a deployment has it that was given these settings, over those of the tests. */
function deployment(settings: Readonly<Record<string, string>>) {
  const parsed = parseApiEnv({ ...env, ...SETTINGS, ...settings });
  const composed = compose(parsed).then((parts) => answers(parsed, parts));
  return async (url: string, { key = acmesKey, ...init }: RequestInit & { key?: string } = {}): Promise<Answered> => {
    const headers = { authorization: `Bearer ${key}` };
    const request = new Request(`https://${url}`, { redirect: "manual", ...init, headers });
    const answer = await composed;
    const response = await answer(request, "request").catch((error: unknown) => problem(error, "request"));
    const text = await response.text();
    const body = text.startsWith("{") ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, body, location: response.headers.get("Location") };
  };
}

type Ask = ReturnType<typeof deployment>;

const add = (ask: Ask, where: string, host: string, key = operatorsKey) =>
  ask(`${where}/hosts?site=${acme}`, { method: "POST", body: JSON.stringify({ host }), key });
const refused = (status: number, code: string) => ({ status, body: { error: { code } } });

/** A link of the tenant's, which goes to its origin: nobody else allows that. */
const link = `/proxy?url=${encodeURIComponent(presigned(`https://${acme}.s3.amazonaws.com/a.mp4`))}`;
const newHost = () => `${crypto.randomUUID()}.acme.example`;

beforeAll(async () => {
  const db = connect(inject("services").database);
  await db.insert(tenants).values([acme, other].map((id) => ({ id, site: id })));
  const keys = [
    [acmesKey, acme],
    [othersKey, other],
    [operatorsKey, null],
  ] as const;
  for (const [key, tenantId] of keys)
    await db.insert(apiKeys).values({ tenantId, hash: await hashApiKey(key), name: "t" });
  await db.insert(originRules).values({ tenantId: acme, scheme: "https", host: `${acme}.s3.amazonaws.com`, port: 443 });
});

describe("a deployment that names its hosts", () => {
  const ask = deployment({ API_HOSTS: API, DELIVERY_HOSTS: EDGE });

  test("answers each route where it belongs, in whatever spelling", async () => {
    expect(await ask(`${API}/hosts`)).toMatchObject({ status: 200, body: { hosts: [] } });
    expect(await ask(`${API}:8443/hosts`)).toMatchObject({ status: 200 });
    expect(await ask(`${EDGE}${link}&site=${acme}`)).toMatchObject({ status: 302 });
    expect(await ask(`${EDGE.toUpperCase()}.${link}&site=${acme}`)).toMatchObject({ status: 302 });
    for (const host of [API, EDGE]) expect(await ask(`${host}/health`)).toMatchObject({ status: 200 });
  });

  test.each(["/hosts", "/cache", "/openapi.json", "/", "/nothing", "/proxies", "/f/../hosts", "/proxy/../cache"])(
    "has nothing of the API on its delivery host: %s",
    async (path) => {
      expect(await ask(`${EDGE}${path}`)).toMatchObject(refused(404, "NOT_FOUND"));
    },
  );

  test.each([link, "/proxy/https://a.example/b", "/f/token/name", "/hosts/../f/token/name"])(
    "hands over nothing on its API host: %s",
    async (path) => {
      expect(await ask(`${API}${path}`)).toMatchObject(refused(404, "NOT_FOUND"));
    },
  );

  test.each(["/hosts", link, "/f/token/name", "/health", "/nothing"])(
    "is not there on another host: %s",
    async (path) => {
      expect(await ask(`${newHost()}${path}`)).toMatchObject(refused(404, "UNKNOWN_HOST"));
    },
  );

  test("answers downloads on a tenant's own host from the moment of its addition to that of its removal", async () => {
    const host = newHost();
    expect(await ask(`${host}${link}`)).toMatchObject(refused(404, "UNKNOWN_HOST"));
    expect(await add(ask, API, host, acmesKey)).toMatchObject(refused(409, "OPERATOR_NEEDED"));
    expect(await add(ask, API, host)).toMatchObject({ status: 201, body: { host, state: "active", proofs: [] } });
    expect(await ask(`${host}${link}`)).toMatchObject({ status: 302 });
    // The host wins over what the link says.
    expect(await ask(`${host}${link}&site=${other}`)).toMatchObject({ status: 302 });
    expect(await ask(`${host}/f/token/name`)).toMatchObject(refused(403, "TOKEN_INVALID"));
    for (const path of ["/hosts", "/cache", "/health", "/openapi.json", "/nothing"]) {
      expect(await ask(`${host}${path}`)).toMatchObject(refused(404, "UNKNOWN_HOST"));
    }
    expect(await ask(`${API}/hosts/${host}`, { method: "DELETE" })).toMatchObject({ status: 200 });
    expect(await ask(`${host}${link}`)).toMatchObject(refused(404, "UNKNOWN_HOST"));
  });

  test("gives a host to one tenant, and does not say to whom", async () => {
    const host = newHost();
    await add(ask, API, host);
    const taken = await ask(`${API}/hosts?site=${other}`, {
      ...{ method: "POST", body: JSON.stringify({ host }), key: operatorsKey },
    });
    expect(taken).toMatchObject(refused(409, "ALREADY_EXISTS"));
    expect(JSON.stringify(taken)).not.toContain(acme);
    expect(await ask(`${API}/hosts/${host}`, { key: othersKey })).toMatchObject(refused(404, "NOT_FOUND"));
    expect(await ask(`${API}/hosts/${host}`)).toMatchObject({ status: 200, body: { host, state: "active" } });
  });

  test.each([API, `x.${EDGE}`, "*.acme.example", "Acme.example", "localhost", "192.0.2.1", ""])(
    "gives nobody the host %j",
    async (host) => {
      expect(await add(ask, API, host)).toMatchObject(refused(400, "INVALID_FIELD"));
    },
  );
});

describe("a deployment that names none", () => {
  const ask = deployment({});

  test("answers everything everywhere, but for the API on a tenant's own host", async () => {
    const host = newHost();
    expect(await ask(`${host}/hosts`)).toMatchObject({ status: 200 });
    expect(await add(ask, API, host)).toMatchObject({ status: 201 });
    expect(await ask(`${host}/hosts`)).toMatchObject(refused(404, "UNKNOWN_HOST"));
    expect(await ask(`${host}./hosts`)).toMatchObject(refused(404, "UNKNOWN_HOST"));
    expect(await ask(`${host}/nothing`)).toMatchObject(refused(404, "UNKNOWN_HOST"));
    expect(await ask(`${host}${link}`)).toMatchObject({ status: 302 });
    expect(await ask(`${host}/health`)).toMatchObject({ status: 200 });
    expect(await ask(`${newHost()}/nothing`)).toMatchObject(refused(404, "NOT_FOUND"));
  });

  test("shows no active content before a host is there to show it on", async () => {
    const show = () => ask(`${API}/serving`, { method: "PATCH", body: '{"show_active":true}', key: othersKey });
    expect(await show()).toMatchObject(refused(409, "NO_OWN_HOST"));
    const body = JSON.stringify({ host: newHost() });
    await ask(`${API}/hosts?site=${other}`, { method: "POST", body, key: operatorsKey });
    expect(await show()).toMatchObject({ status: 200, body: { show_active: true } });
  });
});

describe("a deployment with a setting that is none", () => {
  test.each([{ API_HOSTS: "https://x" }, { DELIVERY_HOSTS: "a b" }, { CF_SAAS_TARGET: "to.example" }])(
    "%o",
    (settings) => {
      expect(() => deployment(settings)).toThrow(expect.objectContaining({ code: "MISCONFIGURED" }));
    },
  );
});
