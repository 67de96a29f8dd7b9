import { exports } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, expect, inject, test, vi } from "vitest";
import { hashApiKey } from "../../../src/core/api-key.ts";
import { connect } from "../../../src/platform/postgres/database.ts";
import { apiKeys, tenants } from "../../../src/platform/postgres/schema.ts";
import { WITHDRAWN_AFTER_MS } from "../../../src/ports/withdrawals.ts";
import { newTenant } from "../../contracts/keys.ts";

// The first call starts the Worker.
vi.setConfig({ testTimeout: 30_000 });

const tenant = newTenant();
const KEY = `snap_key_${"r".repeat(43)}`;

beforeAll(async () => {
  const db = connect(inject("services").database);
  await db.insert(tenants).values({ id: tenant, site: tenant });
  await db.insert(apiKeys).values({ tenantId: tenant, hash: await hashApiKey(KEY), name: "t" });
});

/** How long the Worker wanted to wait, ms; nobody does. */
const pauses: number[] = [];
beforeEach(() => {
  vi.spyOn(scheduler, "wait").mockImplementation(async (ms) => void pauses.push(ms));
});
afterEach(() => {
  vi.restoreAllMocks();
  pauses.length = 0;
});

async function revoke(init: RequestInit = {}, headers: HeadersInit = { authorization: `Bearer ${KEY}` }) {
  const response = await exports.default.fetch("https://edge.example.com/links/revoke", {
    method: "POST",
    headers,
    ...init,
  });
  return { status: response.status, body: await response.json(), headers: response.headers };
}

test("each call raises the epoch, and answers after everybody's knowledge has ended", async () => {
  for (const epoch of [1, 2]) {
    const { status, body, headers } = await revoke();
    expect([status, body]).toEqual([200, { epoch, status: "revoked" }]);
    expect(headers.get("Cache-Control")).toBe("no-store");
  }
  expect(pauses).toEqual([WITHDRAWN_AFTER_MS, WITHDRAWN_AFTER_MS]);
});

test("without a key nothing is revoked", async () => {
  const before = await revoke();
  for (const headers of [{}, { authorization: `Bearer snap_key_${"x".repeat(43)}` }]) {
    expect(await revoke({}, headers)).toMatchObject({ status: 401, body: { error: { code: "UNAUTHORIZED" } } });
  }
  const after = await revoke();
  expect([before, after].map(({ body }) => (body as { epoch: number }).epoch)).toEqual([3, 4]);
});

test("a body that says something is refused, and so is another method", async () => {
  expect(await revoke({ body: '{"before": 1}' })).toMatchObject({ status: 400 });
  expect((await revoke({ method: "PUT" })).headers.get("Allow")).toBe("POST");
  expect((await revoke()).body).toEqual({ epoch: 5, status: "revoked" });
});
