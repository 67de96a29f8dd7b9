import { env, exports } from "cloudflare:workers";
import { beforeAll, describe, expect, inject, test, vi } from "vitest";
import { hashApiKey } from "../../../../src/core/api-key.ts";
import { entryKey, identityDigest } from "../../../../src/core/entry-key.ts";
import { readOriginUrl } from "../../../../src/core/origin-url/origin-url.ts";
import { kvEntryIndex } from "../../../../src/platform/cloudflare/kv-entry-index.ts";
import { r2ObjectStore } from "../../../../src/platform/cloudflare/r2-object-store.ts";
import { connect } from "../../../../src/platform/postgres/database.ts";
import { apiKeys, originRules, tenants } from "../../../../src/platform/postgres/schema.ts";
import { newTenant } from "../../../contracts/keys.ts";
import { BARE, utf8 } from "../../../contracts/object-store.contract.ts";

// The first call starts the Worker.
vi.setConfig({ testTimeout: 30_000 });

const tenant = newTenant();
const keyOf = (role: "key" | "op") => `snap_${role}_${crypto.randomUUID().replaceAll("-", "").padEnd(43, "x")}`;
const [OPERATOR, TENANTS] = [keyOf("op"), keyOf("key")];
const ORIGIN = "https://files.example";
const SECRET = "super-secret-signature";
const generation = crypto.randomUUID();
const held = `${ORIGIN}/held.bin`;

beforeAll(async () => {
  const db = connect(inject("services").database);
  await db.insert(tenants).values({ id: tenant, site: tenant, access: "public" });
  await db.insert(originRules).values({ tenantId: tenant, scheme: "https", host: "files.example", port: 443 });
  for (const [key, tenantId] of [[OPERATOR, null] as const, [TENANTS, tenant] as const]) {
    await db.insert(apiKeys).values({ tenantId, hash: await hashApiKey(key), name: "t" });
  }
  const key = await entryKey(tenant, { by: "custom", key: "held" });
  const url = readOriginUrl(held);
  if (typeof url === "string") throw new Error(url);
  await r2ObjectStore(env.OBJECTS).put(`${key.tenant}/${key.id}/${generation}`, utf8("held"), BARE);
  const copy = { generation, size: 4, contentType: null, etag: '"e"', originEtag: null, sha256: null };
  const rest = { partsDigest: null, storedAt: Date.now() - 90_000, freshUntil: null };
  const boundTo = await identityDigest(url.identity);
  const entry = { state: "ready", boundTo, source: held, copy: { ...copy, ...rest }, expiresAt: null } as const;
  await kvEntryIndex(env.INDEX, Date).put(key, entry);
});

const EDGE = "https://edge.example.com";
const proxy = (url: string, more = "") => `${EDGE}/proxy?site=${tenant}&url=${encodeURIComponent(url)}${more}`;

async function ask(url: string, headers: Record<string, string> = {}) {
  const response = await exports.default.fetch(url, { redirect: "manual", headers });
  await response.arrayBuffer();
  return response;
}

const debugging = { "Snapbyte-Debug": "timing", Authorization: `Bearer ${OPERATOR}` };
const stepsOf = ({ headers }: Response) =>
  [...(headers.get("Server-Timing") ?? "").matchAll(/(\w+);dur=\d+/g)].map(([, name]) => name);
/**
 * The first of them loads what knows an operator, which a busy machine may not do in time; nor may it find an entry, and
 * nobody waits for a ledger that was late before: it is asked until all of `steps` were waited for.
 */
const debug = (url: string, steps: readonly string[] = []) =>
  vi.waitFor(
    async () => {
      const response = await ask(url, debugging);
      const told = response.headers.get("Snapbyte-Debug") ?? "nothing";
      expect(response.status).not.toBe(503);
      expect(told).not.toMatch(/^nothing$|"nobody could say in time"/);
      expect(stepsOf(response)).toEqual(expect.arrayContaining([...steps]));
      return { response, told };
    },
    { timeout: 20_000 },
  );

describe("an operator who asks how a download went", () => {
  test("is told of a miss: where it was looked for, and that nobody knows it", async () => {
    const missing = proxy(`${ORIGIN}/${crypto.randomUUID()}?token=${SECRET}`);
    const { response, told } = await debug(missing, ["index", "ledger", "total"]);
    expect(response.status).toBe(302);
    expect(told).toMatch(new RegExp(`^key="${tenant}/[\\w-]{43}"; state="absent"; `));
    expect(told).toContain('decision="fwd=uri-miss"; reason="there is no copy"');
  });

  test("is told of a hit: which copy, how old, and why it may be had", async () => {
    const { response, told } = await debug(proxy(held, "&hash=held"), ["index", "link", "total"]);
    expect(response.headers.get("Location")).toMatch(new RegExp(`^${EDGE}/f/`));
    const [, age] = /; age="(\d+)"; /.exec(told) ?? [];
    expect(Number(age)).toBeGreaterThanOrEqual(90);
    expect(told).toContain(`state="ready"; generation="${generation}"; `);
    expect(told).toContain('decision="hit"; reason="the link proves enough"');
  });

  test("is told of the bytes of a link", async () => {
    const link = (await ask(proxy(held, "&hash=held"))).headers.get("Location") ?? "";
    const { response } = await debug(link, ["store", "total"]);
    expect(response.status).toBe(200);
  });

  test("is told why somebody is refused", async () => {
    const { response, told } = await debug(proxy("https://elsewhere.example/a"));
    expect([response.status, told]).toEqual([403, 'decision="ORIGIN_NOT_ALLOWED"']);
    const unsigned = await debug(`${proxy(held)}&kid=x&exp=1&sig=x`);
    expect(unsigned.told).toMatch(/^decision="(?:LINK_|INVALID_)/);
  });

  test("gets what a stranger gets: their own key opens nothing that is asked for so", async () => {
    const url = proxy(held, "&hash=held");
    // A look-up that is late, or a link of the next moment, tells them apart once.
    await vi.waitFor(
      async () => {
        const [{ response }, plain] = [await debug(url), await ask(url)];
        for (const name of ["Location", "Cache-Status", "Referrer-Policy"]) {
          expect(response.headers.get(name)).toBe(plain.headers.get(name));
        }
      },
      { timeout: 20_000 },
    );
    const unknown = await debug(`${EDGE}/proxy?site=${tenant}&hash=nobody-knows`, ["ledger"]);
    expect([unknown.response.status, unknown.told.includes('decision="NOT_FOUND"')]).toEqual([404, true]);
  });

  test("is told nothing secret, and no cache keeps it", async () => {
    const { response, told } = await debug(proxy(`${ORIGIN}/a?X-Amz-Signature=${SECRET}`));
    for (const text of [told, response.headers.get("Server-Timing") ?? ""]) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(OPERATOR);
      expect(text).not.toContain("files.example");
    }
    expect(response.headers.get("Cache-Control")).toBe("no-store");
  });
});

describe("anybody else", () => {
  test.each([
    ["without a key", {}],
    ["with a key of the tenant's own", { Authorization: `Bearer ${TENANTS}` }],
    ["with a key that is nobody's", { Authorization: `Bearer ${keyOf("op")}` }],
    ["with credentials of another kind", { Authorization: "Basic YTpi" }],
  ])("is told nothing %s, and gets what they would without the field", async (_, authorization) => {
    // As an operator first: by then all that could tell is loaded.
    await debug(proxy(held, "&hash=held"));
    for (const url of [proxy(held, "&hash=held"), proxy("https://elsewhere.example/a")]) {
      const headers: Record<string, string> = { ...authorization };
      const [plain, asked] = [await ask(url, headers), await ask(url, { ...headers, "Snapbyte-Debug": "timing" })];
      expect(asked.status).toBe(plain.status);
      expect(asked.headers.get("Location")).toBe(plain.headers.get("Location"));
      for (const name of ["Snapbyte-Debug", "Server-Timing"]) expect(asked.headers.has(name)).toBe(false);
    }
  });

  test("an operator without the field is told nothing", async () => {
    const response = await ask(proxy(held, "&hash=held"), { Authorization: `Bearer ${OPERATOR}` });
    for (const name of ["Snapbyte-Debug", "Server-Timing"]) expect(response.headers.has(name)).toBe(false);
  });

  test.each([
    ["PATCH", `${EDGE}/access?site=${tenant}`, '{"access":"public"}', 200],
    ["POST", `${EDGE}/inspect?site=${tenant}`, JSON.stringify({ url: held }), 200],
    ["POST", proxy(held), "{}", 405],
  ])("an operator's %s with a body is as if the field were not there", async (method, url, body, status) => {
    const headers = { ...debugging, "Content-Type": "application/json" };
    const response = await exports.default.fetch(url, { method, headers, body });
    expect([response.status, response.headers.has("Snapbyte-Debug")]).toEqual([status, false]);
    await response.arrayBuffer();
  });

  test("a management call is none of it", async () => {
    const response = await ask(`${EDGE}/cache?site=${tenant}`, debugging);
    expect(response.status).toBe(200);
    expect(response.headers.has("Snapbyte-Debug")).toBe(false);
  });
});
