import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { ask } from "../../stack/requests.ts";
import { type OpenApi, openApiProblems } from "./open-api.ts";

/** All of them, by hand. */
const PATHS = [
  ...["/access", "/api/upload/cancel", "/api/upload/chunk", "/api/upload/complete", "/api/upload/init"],
  ...["/api/upload/token", "/api/upload/{upload_id}/status", "/assets", "/assets/private/{token}"],
  ...["/assets/public/{version_id}", "/assets/upload", "/assets/{id}", "/assets/{id}/access-token"],
  ...["/assets/{id}/access-token/{token_id}", "/assets/{id}/access-tokens", "/assets/{id}/content"],
  ...["/assets/{id}/download", "/assets/{id}/publish", "/assets/{id}/rollback", "/assets/{id}/versions", "/audit"],
  ...["/billing/events", "/billing/reports", "/cache", "/cache/{key}", "/cnames", "/cnames/{host}", "/dead-letters"],
  ...["/dead-letters/{id}/replay", "/f/{token}/{name}", "/files", "/files/{upload_id}", "/fills", "/health", "/hosts"],
  ...["/hosts/{host}", "/inspect"],
  ...["/keys", "/keys/{id}", "/keys/{id}/rotate", "/link-keys", "/link-keys/rotate", "/link-keys/{kid}", "/links"],
  ...["/links/revoke", "/openapi.json", "/origins", "/origins/{id}", "/plan", "/preload", "/preload/{batch}"],
  ...["/prices", "/proxy", "/purge", "/purge/{id}", "/savings", "/savings/all", "/serving", "/status", "/storage"],
  ...["/tenants", "/tenants/{id}", "/tenants/{id}/billing", "/tenants/{id}/resume", "/tenants/{id}/suspend"],
  ...["/usage", "/usage/all", "/verification-keys", "/verification-keys/{id}", "/verification-keys/{id}/rotate"],
];

/** What the service says of itself. */
export function descriptions(stack: () => Stack): void {
  it("tell that every dependency is fine", async () => {
    const response = await ask(`${stack().api}/health`);
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(await response.json()).toEqual({
      status: "ok",
      dependencies: { index: "ok", ledger: "ok", store: "ok", gate: "ok", queue: "ok" },
    });
  });

  it("answer HEAD without a body", async () => {
    for (const path of ["/health", "/openapi.json"]) {
      const response = await ask(`${stack().api}${path}`, { method: "HEAD" });
      expect([response.status, await response.text()]).toEqual([200, ""]);
    }
  });

  it("describe the API in valid OpenAPI 3.1", async () => {
    const response = await ask(`${stack().api}/openapi.json`);
    expect(response.status).toBe(200);
    const description = (await response.json()) as OpenApi;
    expect(openApiProblems(description)).toEqual([]);
    expect(description.servers).toEqual([{ url: stack().api }]);
    expect(Object.keys(description.paths).toSorted()).toEqual(PATHS);
  });

  it("describe every method that a path takes, and no other", async () => {
    const { paths } = (await (await ask(`${stack().api}/openapi.json`)).json()) as OpenApi;
    for (const [path, operations] of Object.entries(paths)) {
      const response = await ask(`${stack().api}${path.replace(/\{\w+\}/g, "x")}`, { method: "PROPFIND" });
      await response.body?.cancel();
      expect(response.status).toBe(405);
      const allowed = response.headers.get("allow")?.toLowerCase().split(", ") ?? [];
      const described = Object.keys(operations);
      // HEAD without an operation of its own is GET without the body.
      expect(allowed.filter((method) => method !== "head" || described.includes("head"))).toEqual(described);
    }
  });
}
