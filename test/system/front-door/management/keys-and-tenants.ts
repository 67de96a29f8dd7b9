import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady } from "../../stack/entries.ts";
import { presign } from "../../stack/objects.ts";
import { manage } from "../../stack/requests.ts";

const CALLS: readonly { path: string; method: string; body?: unknown }[] = [
  { path: "/preload", method: "POST", body: { url: "https://evil.example/" } },
  { path: "/preload/any", method: "GET" },
  { path: "/cache", method: "GET" },
  { path: "/cache/any", method: "GET" },
  { path: "/cache/any", method: "DELETE" },
];

/** Every management call shows an API key: its tenant's, or the operator's. */
export function keysAndTenants(stack: () => Stack): void {
  const keys: Readonly<Record<string, () => string | null>> = {
    "no key": () => null,
    "a key that nobody has": () => `snap_key_${"A".repeat(43)}`,
    "an operator's key that nobody has": () => `snap_op_${"A".repeat(43)}`,
    "half a key": () => stack().apiKey.slice(0, -5),
    "an empty key": () => "",
    "a key in another case": () => stack().apiKey.toUpperCase(),
    words: () => "let me in",
  };

  it.each(Object.keys(keys))("nobody with %s", async (name) => {
    for (const { path, ...init } of CALLS) {
      const response = await manage(stack(), path, { ...init, key: keys[name]?.() ?? null });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: { code: "UNAUTHORIZED" } });
    }
  });

  it("nobody with a key in another scheme", async () => {
    const headers = { authorization: `Basic ${btoa(`user:${stack().apiKey}`)}` };
    expect((await manage(stack(), "/cache", { key: null, headers })).status).toBe(401);
  });

  it("nobody with the key of another tenant", async () => {
    const { presigned, apiKey } = stack();
    const pairs = [
      { site: "demo", key: presigned.apiKey },
      { site: presigned.tenant, key: apiKey },
      { site: "nobody", key: apiKey },
    ];
    for (const { site, key } of pairs) {
      for (const { path, ...init } of CALLS) {
        expect((await manage(stack(), `${path}?site=${site}`, { ...init, key })).status).toBe(401);
      }
    }
  });

  it("a tenant, whatever the deployment's default", async () => {
    const { presigned } = stack();
    const asTenant = { ...stack(), apiKey: presigned.apiKey };
    const { key } = await preload(asTenant, { url: await presign(stack(), "hello.txt") });
    await untilReady(asTenant, key);
    expect((await manage(stack(), `/cache/${key}?site=${presigned.tenant}`, { key: presigned.apiKey })).status).toBe(
      200,
    );
    expect((await manage(stack(), `/cache/${key}`)).status).toBe(404);
  });

  it("an operator, for the tenant that the call names", async () => {
    const { adminKey, presigned } = stack();
    const url = await presign(stack(), "hello.txt");
    const body = { url, hash: "by the operator" };
    const queued = await manage(stack(), `/preload?site=${presigned.tenant}`, { key: adminKey, body });
    expect(queued.status).toBe(202);
    const asked = (site: string) =>
      manage(stack(), `/cache/by%20the%20operator?site=${site}`, { key: adminKey }).then(({ status }) => status);
    expect([await asked(presigned.tenant), await asked("demo"), await asked("nobody")]).toEqual([200, 404, 404]);
  });
}
