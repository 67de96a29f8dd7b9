import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { listEntries, preload, untilReady, untilStored } from "../../stack/entries.ts";
import type { OwnOrigin } from "../../stack/own-origin.ts";
import { ask, askProxy } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import { follow, type LinkKey, signed, signedByUs, type Where } from "./signer.ts";

/** Under `signed` access the tenant's signature is all that counts, and nobody asks the origin. */
export function signedDownloads(stack: () => Stack, origin: () => OwnOrigin, key: () => LinkKey): void {
  const timesAsked = (path: string) => origin().asked.filter((asked) => asked.includes(path)).length;
  const untilCopy = async (link: string, init = {}): Promise<Where> =>
    await until("the link is a hit", async () => {
      const answer = await follow(link, init);
      return answer.cacheStatus === "snapbyte; hit" ? answer : null;
    });

  it("goes to the origin without one, and no copy is made", async () => {
    const url = `${origin().url}/unsigned.txt`;
    for (const init of [{}, { method: "HEAD" }, { extra: { hash: "unsigned" } }]) {
      const { status, location, cacheStatus } = await askProxy(stack(), url, init);
      expect([status, location, cacheStatus]).toEqual([302, url, "snapbyte; fwd=uri-miss"]);
    }
    // What was queued before this one would have been filled before it.
    const { key: later } = await preload(stack(), { url: `${origin().url}/after-unsigned.txt` });
    await untilReady(stack(), later);
    expect(timesAsked("/unsigned.txt")).toBe(0);
    const entries = await listEntries(stack());
    expect(entries.filter(({ source_url }) => source_url.includes("/unsigned.txt"))).toEqual([]);
  });

  it.each<[string, (url: string) => Promise<string>]>([
    ["by the SDK", (url) => signed(stack(), key(), { url })],
    ["by the API", (url) => signedByUs(stack(), { url })],
  ])("is a miss, a fill and then a hit with one made %s; the origin is asked once", async (way, sign) => {
    const path = `/signed-${way.replaceAll(" ", "-")}.txt`;
    const url = origin().url + path;
    const link = await sign(url);
    expect(await follow(link)).toEqual({ status: 302, location: url, cacheStatus: "snapbyte; fwd=uri-miss" });
    await untilStored(stack(), url);
    const { location } = await untilCopy(link);
    expect(await (await ask(location)).text()).toBe(`signed ${path}`);
    expect((await untilCopy(link, { method: "HEAD" })).location).toBe(location);
    expect(origin().asked.filter((asked) => asked.includes(path))).toEqual([`GET ${path}`]);
  });

  it("goes to the origin without one also when there is a copy", async () => {
    const url = `${origin().url}/copied.txt`;
    const { key: entry } = await preload(stack(), { url });
    await untilReady(stack(), entry);
    await untilCopy(await signed(stack(), key(), { url }));
    for (const init of [{}, { headers: { authorization: `Bearer ${stack().apiKey}` } }]) {
      const { status, location, cacheStatus } = await askProxy(stack(), url, init);
      expect([status, location, cacheStatus]).toEqual([302, url, "snapbyte; fwd=uri-miss"]);
    }
    expect(timesAsked("/copied.txt")).toBe(1);
  });

  it("binds its key to another object, since the tenant has said so", async () => {
    const [old, fresh] = [`${origin().url}/old.txt`, `${origin().url}/fresh.txt`];
    await preload(stack(), { url: old, hash: "rebound" });
    await untilReady(stack(), "rebound");
    const link = await signed(stack(), key(), { url: fresh, hash: "rebound" });
    expect((await follow(link)).location).toBe(fresh);
    const { location } = await untilCopy(link);
    expect(await (await ask(location)).text()).toBe("signed /fresh.txt");
    const before = await signed(stack(), key(), { url: old, hash: "rebound", expiresIn: 601 });
    expect((await follow(before)).location).toBe(old);
  });

  it("leads to no origin that the tenant has not allowed", async () => {
    const link = await signed(stack(), key(), { url: "https://evil.example/file" });
    expect((await follow(link)).status).toBe(403);
  });
}
