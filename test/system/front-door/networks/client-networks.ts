import { afterAll, beforeAll, expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady } from "../../stack/entries.ts";
import { presign, publish } from "../../stack/objects.ts";
import { ask, askProxy, proxyUrl, untilHit } from "../../stack/requests.ts";
import { problemOf } from "../bad-input/problem.ts";
import { done } from "../settings/settings-calls.ts";
import { newLinkKey, signed } from "../signed-links/signer.ts";
import { from } from "./from.ts";

const NETWORKS = ["203.0.113.0/24", "198.51.100.7", "2001:db8:1::/48"];
const INSIDE = [
  "203.0.113.0",
  "203.0.113.255",
  "198.51.100.7",
  "2001:db8:1::1",
  "2001:DB8:1:ffff::",
  "::ffff:203.0.113.9",
];
const OUTSIDE = ["203.0.114.0", "198.51.100.8", "2001:db8:2::1", "::1", "::203.0.113.9", "127.0.0.1"];

/** Only from there is `/proxy` answered, whatever else somebody can show. */
export function clientNetworks(stack: () => Stack): void {
  beforeAll(async () => {
    const { key } = await preload(stack(), { url: await publish(stack(), "inside.txt", "inside"), hash: "inside" });
    await untilReady(stack(), key);
    const { client_networks } = await done(stack(), "PATCH", "/access", { client_networks: NETWORKS });
    expect(client_networks).toEqual(["203.0.113.0/24", "198.51.100.7/32", "2001:db8:1::/48"]);
  });
  afterAll(async () => {
    await done(stack(), "PATCH", "/access", { client_networks: [] });
  });
  const refused = async (url: string, init: RequestInit) => {
    expect(await problemOf(await ask(url, init))).toMatchObject({ code: "NETWORK_NOT_ALLOWED" });
  };

  it.each(INSIDE)("hold %s", async (address) => {
    const url = await presign(stack(), "inside.txt");
    const { location } = await untilHit(stack(), url, { ...from(address), extra: { hash: "inside" } });
    expect(await (await ask(location, from(address))).text()).toBe("inside");
  });

  it.each(OUTSIDE)("do not hold %s", async (address) => {
    const url = await presign(stack(), "inside.txt");
    await refused(proxyUrl(stack(), url), from(address));
    await refused(`${stack().api}/proxy/${url}`, from(address));
    await refused(`${stack().api}/proxy?hash=inside`, from(address));
    const headed = await ask(proxyUrl(stack(), url), { ...from(address), method: "HEAD" });
    expect([headed.status, headed.headers.get("location")]).toEqual([403, null]);
  });

  it("are told before anything about the URL is", async () => {
    await refused(proxyUrl(stack(), "https://evil.example/x"), from("192.0.2.1"));
    await refused(`${stack().api}/proxy?hash=never-heard-of`, from("192.0.2.1"));
  });

  it("keep out an API key and a signed link too", async () => {
    const url = await presign(stack(), "inside.txt");
    const headers = { ...from("192.0.2.1").headers, authorization: `Bearer ${stack().apiKey}` };
    await refused(proxyUrl(stack(), url), { headers });
    const link = await signed(stack(), await newLinkKey(stack()), { url });
    await refused(link, from("192.0.2.1"));
    expect((await ask(link, from("203.0.113.1"))).status).toBe(302);
  });

  it("are of one tenant: another is asked from everywhere", async () => {
    const { status } = await askProxy(stack(), await presign(stack(), "inside.txt"), {
      ...from("192.0.2.1"),
      extra: { site: stack().presigned.tenant },
    });
    expect(status).toBe(302);
  });

  it("have nothing to do with management calls", async () => {
    expect(await done(stack(), "GET", "/access", undefined, from("192.0.2.1"))).toMatchObject({ access: "probe" });
  });
}
