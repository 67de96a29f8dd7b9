import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady } from "../../stack/entries.ts";
import { publish } from "../../stack/objects.ts";
import { isWhole, requestsFor } from "../../stack/origin-log.ts";
import { ask, askProxy, untilHit } from "../../stack/requests.ts";

/** A tenant whose copies come straight from the store. */
export function presignedDelivery(stack: () => Stack): void {
  const site = () => ({ extra: { site: stack().presigned.tenant } });
  const asTenant = () => ({ ...stack(), apiKey: stack().presigned.apiKey });

  it("sends a hit to the store's own address, where GET brings the bytes", async () => {
    const url = await publish(stack(), "presigned.txt", "from the store", { ContentType: "text/x-presigned" });
    expect((await askProxy(stack(), url, site())).location).toBe(url);
    const { location, status } = await untilHit(stack(), url, site());
    expect(status).toBe(302);
    expect(location).not.toContain("/f/");
    expect(new URL(location).searchParams.has("X-Amz-Signature")).toBe(true);

    const response = await ask(location);
    expect([response.status, await response.text()]).toEqual([200, "from the store"]);
    expect(response.headers.get("content-type")).toBe("text/x-presigned");
    expect((await requestsFor(stack(), url)).filter(isWhole)).toHaveLength(1);
  });

  it("signs for HEAD what HEAD will ask for", async () => {
    const url = await publish(stack(), "presigned-head.txt", "headed");
    const { key } = await preload(asTenant(), { url });
    await untilReady(asTenant(), key);
    const { location } = await untilHit(stack(), url, { ...site(), method: "HEAD" });
    const response = await ask(location, { method: "HEAD" });
    expect([response.status, response.headers.get("content-length")]).toEqual([200, "6"]);
    expect((await ask(location)).status).toBe(403);
  });

  it("gives a link that ends no later than the origin's", async () => {
    const url = await publish(stack(), "presigned-short.txt", "short");
    const { key } = await preload(asTenant(), { url });
    await untilReady(asTenant(), key);
    const { location } = await untilHit(stack(), url, site());
    expect(endOf(location)).toBeLessThanOrEqual(endOf(url));
  });
}

/** When a SigV4 URL ends, in ms since the epoch. */
function endOf(url: string): number {
  const { searchParams } = new URL(url);
  const date = searchParams.get("X-Amz-Date") ?? "";
  const start = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  return start + Number(searchParams.get("X-Amz-Expires")) * 1000;
}
