import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";

/**
 * What has arrived for a tenant in the queue of the contracts, once there are so many: its consumer, in vitest.config.ts,
 * writes each body to KV.
 */
export async function arrived(tenant: string, count: number): Promise<unknown[]> {
  const prefix = `arrived:${tenant}:`;
  const names = await vi.waitFor(
    async () => {
      const { keys } = await env.INDEX.list({ prefix });
      expect(keys).toHaveLength(count);
      return keys.map(({ name }) => name);
    },
    { timeout: 8_000, interval: 50 },
  );
  return await Promise.all(names.map((name) => env.INDEX.get(name, "json")));
}
