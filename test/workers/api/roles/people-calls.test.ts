import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { TenantId } from "../../../../src/core/tenant.ts";
import { originRules, tenants } from "../../../../src/platform/postgres/schema.ts";
import { db, deployment, keyOf, newTenantRow, operatorKey, personAs } from "./roles-world.ts";

// The first call starts the Worker.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ask = deployment();
let acme: TenantId;
let operator = "";

beforeAll(async () => {
  acme = await newTenantRow({ plan: "free" });
  operator = await operatorKey();
});

/** What the log says, the newest first. */
const logged = async (tenant = acme) => {
  const { body } = await ask("GET", "/audit", { as: personAs("owner", tenant) });
  return body.records as { action: string; actor: string; who: object; detail: object; address: string }[];
};

describe("API keys", () => {
  test("are made, used, rotated and revoked, and the log tells of it", async () => {
    const owner = personAs("owner", acme);
    const wish = { name: " the build's ", scopes: ["cache:read", "cache:read"], expires_at: null };
    const made = await ask("POST", "/keys", { as: owner, body: wish });
    expect(made).toMatchObject({
      status: 201,
      body: { name: "the build's", scopes: ["cache:read"], last_used_at: null },
    });
    const { id, key } = made.body as { id: string; key: string };
    expect((await ask("GET", "/cache", { as: key })).status).toBe(200);
    expect((await ask("GET", "/origins", { as: key })).code).toBe("INSUFFICIENT_SCOPE");
    const rotated = await ask("POST", `/keys/${id}/rotate`, { as: owner, body: { grace_hours: 1 } });
    expect(rotated).toMatchObject({ status: 201, body: { name: "the build's", scopes: ["cache:read"] } });
    for (const each of [key, rotated.body.key as string])
      expect((await ask("GET", "/cache", { as: each })).status).toBe(200);
    const listed = await ask("GET", "/keys", { as: owner });
    expect(listed.body.keys).toMatchObject([{ id, expires_at: expect.any(String) }, { id: rotated.body.id }]);
    expect(JSON.stringify(listed.body)).not.toContain(key);
    expect(await ask("DELETE", `/keys/${id}`, { as: owner })).toMatchObject({ body: { id, status: "revoked" } });
    expect((await ask("GET", "/cache", { as: key })).code).toBe("UNAUTHORIZED");
    const [revoke, rotate, add] = await logged();
    expect([revoke?.action, rotate?.action, add?.action]).toEqual(["keys.revoke", "keys.rotate", "keys.add"]);
    expect(add).toMatchObject({
      ...{ actor: "tenant", address: "192.0.2.7", detail: { id, name: "the build's", scopes: ["cache:read"] } },
      who: { by: "person", id: "owner-1", name: "a owner", operator: null },
    });
    expect(JSON.stringify([revoke, rotate, add])).not.toContain(key.slice(-20));
  });

  test.each([
    [{ name: "", scopes: ["admin"] }, "name"],
    [{ name: "x", scopes: [] }, "scopes"],
    [{ name: "x", scopes: ["all"] }, "scopes.0"],
    [{ name: "x", scopes: ["admin"], expires_at: "tomorrow" }, "expires_at"],
    [{ name: "x", scopes: ["admin"], expires_at: "2020-01-01T00:00:00Z" }, "expires_at"],
    [{ name: "x", scopes: ["admin"], tenant: "other" }, "tenant"],
  ])("are not made of %j", async (body, field) => {
    const answer = await ask("POST", "/keys", { as: personAs("owner", acme), body });
    expect(answer).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining(field) } } });
  });

  test("that may read downloads only do nothing else", async () => {
    const key = await keyOf(acme, ["proxy:read"]);
    for (const path of ["/cache", "/keys", "/plan"]) {
      expect((await ask("GET", path, { as: key })).code).toBe("INSUFFICIENT_SCOPE");
    }
  });

  test("are as many as the plan has room for", async () => {
    const tenant = await newTenantRow({ plan: "free", ownLimits: { keys: 1 } });
    const make = () => ask("POST", "/keys", { as: personAs("owner", tenant), body: { name: "x", scopes: ["admin"] } });
    expect((await make()).status).toBe(201);
    expect(await make()).toMatchObject({
      ...{ status: 402, code: "PLAN_LIMIT" },
      body: { error: { limit: { name: "keys", allowed: 1, until: null } } },
    });
  });
});

describe("tenants", () => {
  test("are made by a person for themselves, under the first plan", async () => {
    const site = `s-${crypto.randomUUID()}`;
    const person = personAs("viewer", null);
    const made = await ask("POST", "/tenants", { as: person, body: { name: "Globex", site } });
    expect(made).toMatchObject({
      status: 201,
      body: { name: "Globex", site, plan: "free", standing: { status: "good" } },
    });
    const id = made.body.id as TenantId;
    expect((await ask("GET", "/origins", { as: personAs("owner", id) })).status).toBe(200);
    expect(await logged(id)).toMatchObject([{ action: "tenants.add", who: { by: "person" } }]);
    expect((await ask("POST", "/tenants", { as: person, body: { name: "Globex", site } })).code).toBe("ALREADY_EXISTS");
    const wish = { name: "Globex", site: `${site}-2`, plan: "scale" };
    expect((await ask("POST", "/tenants", { as: person, body: wish })).code).toBe("INSUFFICIENT_SCOPE");
  });

  test("have the deployment's own site by an operator only, be it free or not", async () => {
    const site = `s-${crypto.randomUUID()}`;
    const fresh = deployment({ DEFAULT_TENANT: site });
    const body = { name: "Mine", site };
    expect((await fresh("POST", "/tenants", { as: personAs("viewer", null), body })).code).toBe("ALREADY_EXISTS");
    expect((await fresh("POST", "/tenants", { as: operator, body })).status).toBe(201);
  });

  test.each(["", "A", "-a", "a-", "a.b", "a b", "../a", "x".repeat(64)])("have no site %j", async (site) => {
    const answer = await ask("POST", "/tenants", { as: operator, body: { name: "x", site } });
    expect(answer.code).toBe("INVALID_FIELD");
  });

  test("are suspended: downloads go to their origins, calls are refused, and resumed all is as it was", async () => {
    const tenant = await newTenantRow();
    const host = `${tenant}.s3.amazonaws.com`;
    await db.insert(originRules).values({ tenantId: tenant, scheme: "https", host, port: 443, access: "public" });
    const link = `https://${host}/a.mp4`;
    const proxy = () => ask("GET", `/proxy?site=${tenant}&url=${encodeURIComponent(link)}`, { as: null });
    const owner = personAs("owner", tenant);
    expect((await proxy()).headers.get("Cache-Status")).toBe("snapbyte; fwd=uri-miss");
    const suspended = await ask("POST", `/tenants/${tenant}/suspend`, { as: operator, body: { reason: "unpaid" } });
    expect(suspended).toMatchObject({ status: 200, body: { standing: { status: "aside", over: "suspended" } } });
    const aside = await proxy();
    expect([aside.status, aside.headers.get("Location")]).toEqual([302, link]);
    expect(aside.headers.get("Cache-Status")).toBe("snapbyte; fwd=bypass; detail=suspended");
    expect((await ask("GET", `/proxy?site=${tenant}&hash=movie`, { as: null })).code).toBe("TENANT_SUSPENDED");
    expect((await ask("PATCH", "/fills", { as: owner, body: {} })).code).toBe("TENANT_SUSPENDED");
    expect((await ask("GET", "/plan", { as: owner })).body).toMatchObject({ suspended: { reason: "unpaid" } });
    expect((await ask("POST", `/tenants/${tenant}/resume`, { as: operator })).body).toMatchObject({ suspended: null });
    expect((await proxy()).headers.get("Cache-Status")).toBe("snapbyte; fwd=uri-miss");
    expect((await ask("PATCH", "/fills", { as: owner, body: {} })).status).toBe(200);
    const actions = (await logged(tenant)).map(({ action, actor }) => `${actor} ${action}`);
    expect(actions).toEqual(["tenant fills.change", "operator tenants.resume", "operator tenants.suspend"]);
  });

  test("over a limit are told what, and until when, and take nothing more in", async () => {
    const until = Date.UTC(2027, 0, 1);
    const tenant = await newTenantRow({ standing: { over: "deliveredBytes", allowed: 7, until } });
    const answer = await ask("POST", "/preload", { as: personAs("owner", tenant), body: {} });
    expect(answer).toMatchObject({
      ...{ status: 402, code: "PLAN_LIMIT" },
      body: { error: { limit: { name: "delivered_bytes", allowed: 7, until: "2027-01-01T00:00:00.000Z" } } },
    });
    expect((await ask("GET", "/plan", { as: personAs("owner", tenant) })).body).toMatchObject({
      ...{ plan: { id: "unmetered" }, standing: { status: "aside", over: "delivered_bytes", allowed: 7 } },
    });
  });

  test("get a plan and limits of their own by operators, in pages", async () => {
    const own_limits = { max_object_bytes: 5, keys: null };
    const path = `/tenants/${acme}`;
    const changed = await ask("PATCH", path, { as: operator, body: { name: "Acme", plan: "pro", own_limits } });
    expect(changed).toMatchObject({ status: 200, body: { id: acme, name: "Acme", plan: "pro", own_limits } });
    const [row] = await db.select().from(tenants).where(eq(tenants.id, acme));
    expect(row).toMatchObject({ ownLimits: { maxObjectBytes: 5, keys: null }, planObjectBytes: 5 });
    expect((await ask("GET", "/plan", { as: personAs("viewer", acme) })).body).toMatchObject({
      ...{
        plan: { id: "pro", price_cents: 4_900, hard: false },
        limits: { max_object_bytes: 5, keys: null, domains: 10 },
      },
    });
    const listed = await ask("GET", `/tenants?search=${acme}&limit=1`, { as: operator });
    expect(listed.body).toMatchObject({ tenants: [{ id: acme }], cursor: acme });
    expect((await ask("GET", `/tenants/${crypto.randomUUID()}`, { as: operator })).status).toBe(404);
    expect((await ask("PATCH", path, { as: operator, body: { plan: "gold" } })).code).toBe("INVALID_FIELD");
    expect((await ask("PATCH", path, { as: operator, body: { own_limits: { keys: -1 } } })).code).toBe("INVALID_FIELD");
  });
});

describe("calls too many", () => {
  test("are 429, and say how many are allowed and when to come back", async () => {
    const limited = deployment({
      CALLER_LIMIT: { limit: async () => ({ success: false }) },
      CALLER_LIMIT_PER_MINUTE: "7",
    });
    const answer = await limited("GET", "/origins", { as: personAs("owner", acme) });
    expect(answer).toMatchObject({
      ...{ status: 429, code: "TOO_MANY_REQUESTS" },
      body: { error: { limit: { name: "calls_per_minute", allowed: 7, until: expect.any(String) } } },
    });
    expect(answer.headers.get("Retry-After")).toBe("60");
  });
});

describe("the audit log", () => {
  test("takes what the console says of its own changes, and nothing else", async () => {
    const note = { action: "members.invite", detail: { email: "a@example.com", role: "viewer" } };
    const as = personAs("admin", acme, { operator: "operator-1" });
    expect((await ask("POST", "/audit", { as, body: note })).status).toBe(201);
    expect((await logged())[0]).toMatchObject({
      ...note,
      actor: "tenant",
      who: { id: "admin-1", operator: "operator-1" },
    });
    for (const action of ["purge", "keys.add", "members.", "members.x y"]) {
      expect((await ask("POST", "/audit", { as, body: { ...note, action } })).code).toBe("INVALID_FIELD");
    }
    expect((await ask("POST", "/audit", { as: await keyOf(acme, null), body: note })).code).toBe("INSUFFICIENT_SCOPE");
  });

  test("is asked by action, by who did it, and by time", async () => {
    const as = personAs("owner", acme);
    const actions = async (query: string) => {
      const { body } = await ask("GET", `/audit?${query}`, { as });
      return new Set((body.records as { action: string }[]).map(({ action }) => action));
    };
    expect(await actions("action=keys.")).toEqual(new Set(["keys.add", "keys.rotate", "keys.revoke"]));
    expect(await actions("who=admin-1")).toEqual(new Set(["members.invite"]));
    expect(await actions(`until=2020-01-01T00:00:00Z`)).toEqual(new Set());
    expect((await ask("GET", "/audit?since=yesterday", { as })).code).toBe("INVALID_FIELD");
  });
});
