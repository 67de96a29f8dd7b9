import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady } from "../../stack/entries.ts";
import { publish } from "../../stack/objects.ts";
import { ask, untilHit } from "../../stack/requests.ts";
import type { MoreStores } from "./more-stores.ts";
import { FROM_BYTES } from "./settings.ts";

/** A tenant whose copies come straight from the store, where clients may be sent there. */
export function straightFromStores(stack: () => Stack, stores: () => MoreStores): void {
  const site = () => ({ extra: { site: stack().presigned.tenant } });
  const asTenant = () => ({ ...stack(), apiKey: stack().presigned.apiKey });

  async function hit(name: string, bytes: number, init: RequestInit = {}): Promise<URL> {
    const url = await publish(stack(), name, "x".repeat(bytes), { ContentType: "text/x-copy" });
    const { key } = await preload(asTenant(), { url });
    await untilReady(asTenant(), key);
    return new URL((await untilHit(stack(), url, { ...site(), ...init })).location, stack().api);
  }

  it("sends a hit to the store that may be seen", async () => {
    const location = await hit("shown.txt", FROM_BYTES);
    expect(location.origin).toBe(new URL(stores().shown.settings.endpoint).origin);
    expect(location.pathname).toMatch(/\/shown\.[0-9a-f-]{36}$/);
    const response = await ask(location.href);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/x-copy"]);
    expect(await response.text()).toHaveLength(FROM_BYTES);
  });

  it("signs for HEAD what HEAD will ask for", async () => {
    const location = await hit("shown-head.txt", FROM_BYTES, { method: "HEAD" });
    expect((await ask(location.href, { method: "HEAD" })).headers.get("content-length")).toBe(String(FROM_BYTES));
    expect((await ask(location.href)).status).toBe(403);
  });

  it("serves a copy in the hidden store by us", async () => {
    const location = await hit("hidden.txt", FROM_BYTES - 1);
    expect(location.origin).toBe(stack().api);
    expect(location.pathname).toMatch(/^\/f\//);
    expect(await (await ask(location.href)).text()).toHaveLength(FROM_BYTES - 1);
  });
}
