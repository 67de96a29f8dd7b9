import { beforeAll, expect, test, vi } from "vitest";
import type { TenantId } from "../../../../src/core/tenant.ts";
import { deployment, newTenantRow, personAs } from "./roles-world.ts";

// The first call starts the Worker.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ask = deployment();
const host = `${crypto.randomUUID()}.example.com`;
const material = (secret: string) => ({
  ...{ kind: "s3_secret", access_key_id: "AKIDEXAMPLE", secret_access_key: secret.repeat(40) },
});

/** Each change that a tenant may make, one after the other; `{id}` is what the one before it has made, `{token}` a private link. */
const CHANGES: readonly [action: string, method: string, path: string, body?: unknown][] = [
  ["access.change", "PATCH", "/access", { access: "verify" }],
  ["fills.change", "PATCH", "/fills", { mode: "stream" }],
  ["serving.change", "PATCH", "/serving", { resource_policy: "same-site" }],
  ["origins.add", "POST", "/origins", { origin: "https://files.example.com/" }],
  ["origins.change", "PATCH", "/origins/{id}", { tags: ["a"] }],
  ["origins.remove", "DELETE", "/origins/{id}"],
  ["hosts.add", "POST", "/hosts", { host }],
  ["hosts.remove", "DELETE", `/hosts/${host}`],
  ["cnames.add", "POST", "/cnames", { host, bucket_url: "https://media.s3.amazonaws.com/" }],
  ["cnames.remove", "DELETE", `/cnames/${host}`],
  ["verification_keys.add", "POST", "/verification-keys", material("a")],
  ["verification_keys.rotate", "POST", "/verification-keys/{id}/rotate", material("b")],
  ["verification_keys.remove", "DELETE", "/verification-keys/{id}"],
  ["link_keys.add", "POST", "/link-keys"],
  ["link_keys.rotate", "POST", "/link-keys/rotate"],
  ["link_keys.remove", "DELETE", "/link-keys/{id}"],
  ["keys.add", "POST", "/keys", { name: "a", scopes: ["usage:read"] }],
  ["keys.rotate", "POST", "/keys/{id}/rotate", {}],
  ["keys.revoke", "DELETE", "/keys/{id}"],
  ["links.revoke", "POST", "/links/revoke"],
  ["purge", "POST", "/purge", { keys: ["movie"] }],
  ["assets.add", "POST", "/assets/upload?filename=a.json", { content: 1 }],
  ["assets.replace", "PUT", "/assets/{id}/content", { content: 2 }],
  ["assets.change", "PATCH", "/assets/{id}", { filename: "b.json" }],
  ["assets.publish", "POST", "/assets/{id}/publish"],
  ["assets.rollback", "POST", "/assets/{id}/rollback", { version_number: 1 }],
  ["assets.token.add", "POST", "/assets/{id}/access-token", { ttl: 60 }],
  ["assets.token.revoke", "DELETE", "/assets/{id}/access-token/{token}"],
  ["assets.remove", "DELETE", "/assets/{id}"],
];

let acme: TenantId;
const secrets: string[] = [];

beforeAll(async () => {
  acme = await newTenantRow();
  vi.spyOn(scheduler, "wait").mockImplementation(async () => {});
});

test("each change is written down: who, what, and from where, and nothing that is secret", async () => {
  const as = personAs("owner", acme, { operator: "operator-1" });
  let [id, token] = ["", ""];
  for (const [action, method, path, body] of CHANGES) {
    const made = await ask(method, path.replace("{id}", id).replace("{token}", token), { as, body });
    expect([action, Math.floor(made.status / 100)]).toEqual([action, 2]);
    id = String(made.body.id ?? made.body.kid ?? id);
    token = String(made.body.token_id ?? token);
    for (const secret of [made.body.key, made.body.token]) if (typeof secret === "string") secrets.push(secret);
  }
  const { body } = await ask("GET", "/audit", { as });
  const records = (body.records as Record<string, unknown>[]).toReversed();
  expect(records.map(({ action }) => action)).toEqual(CHANGES.map(([action]) => action));
  for (const record of records) {
    expect(record).toMatchObject({
      ...{ actor: "tenant", address: "192.0.2.7", request_id: "request", at: expect.any(String) },
      who: { by: "person", id: "owner-1", name: "a owner", operator: "operator-1" },
    });
  }
  const text = JSON.stringify(records);
  expect(secrets.length).toBeGreaterThan(3);
  for (const secret of [...secrets, "a".repeat(40), "b".repeat(40)]) expect(text).not.toContain(secret);
});

test("what was refused is not written down as done", async () => {
  const as = personAs("owner", acme);
  const count = async () => ((await ask("GET", "/audit", { as })).body.records as unknown[]).length;
  const before = await count();
  for (const [, method, path] of CHANGES.filter(([, , path]) => path.includes("{id}"))) {
    await ask(method, path.replace("{id}", "999999999"), {
      as,
      body: method === "DELETE" ? undefined : { nonsense: 1 },
    });
  }
  expect(await count()).toBe(before);
});
