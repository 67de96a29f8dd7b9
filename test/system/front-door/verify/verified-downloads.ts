import { beforeAll, expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady, untilStored } from "../../stack/entries.ts";
import { presign, publish } from "../../stack/objects.ts";
import { ask, askProxy, untilHit } from "../../stack/requests.ts";
import { done } from "../settings/settings-calls.ts";
import { originSecret, register, timesAsked } from "./registered.ts";

const HOUR_S = 3_600;

/** Each makes of a good URL one that the origin refuses. */
const SPOILED: Readonly<Record<string, (good: string) => string>> = {
  "a changed signature": (good) => good.replace(/X-Amz-Signature=[0-9a-f]{8}/, "X-Amz-Signature=01234567"),
  "no signature": (good) => good.replace(/&?X-Amz-Signature=[0-9a-f]+/, ""),
  "an empty signature": (good) => good.replace(/X-Amz-Signature=[0-9a-f]+/, "X-Amz-Signature="),
  "a longer life": (good) => good.replace(/X-Amz-Expires=\d+/, "X-Amz-Expires=6000"),
  "another scope": (good) => good.replace("%2Fauto%2F", "%2Feu-west-1%2F"),
  "another object": (good) => good.replace("/verified-other.txt?", "/verified.txt?"),
  "a parameter that was not signed": (good) => `${good}&versionId=1`,
  "a presentation that was not signed": (good) => `${good}&response-content-type=text%2Fhtml`,
  "a signature before the good one": (good) => good.replace("?", `?X-Amz-Signature=${"0".repeat(64)}&`),
  "no query at all": (good) => good.replace(/\?.*/, ""),
};

/** The signature is checked by us: for a copy that we have, the origin is not asked one thing. */
export function verifiedDownloads(stack: () => Stack): void {
  let id = "";
  beforeAll(async () => {
    id = await register(stack(), originSecret(stack()));
    const { key } = await preload(stack(), { url: await publish(stack(), "verified.txt", "verified") });
    await untilReady(stack(), key);
  });

  it("that is good is a miss and a fill, then a hit that costs the origin nothing", async () => {
    const url = await publish(stack(), "verified-first.txt", "first");
    expect(await askProxy(stack(), url)).toMatchObject({ location: url, cacheStatus: "snapbyte; fwd=uri-miss" });
    await untilStored(stack(), url);
    for (const expiresIn of [601, 602, 603]) {
      const { location } = await untilHit(stack(), await presign(stack(), "verified-first.txt", expiresIn));
      expect(await (await ask(location)).text()).toBe("first");
    }
    await untilHit(stack(), url, { method: "HEAD" });
    expect(await timesAsked(stack(), url)).toEqual({ whole: 1, probes: 0 });
  });

  it.each(Object.keys(SPOILED))("with %s goes to the origin, which refuses it", async (name) => {
    const foreign = name === "another object";
    const good = foreign
      ? await publish(stack(), "verified-other.txt", "other")
      : await presign(stack(), "verified.txt");
    const bad = SPOILED[name]?.(good) ?? "";
    expect(bad).not.toBe(good);
    for (const init of [{}, {}, { method: "HEAD" }]) {
      const { status, location, cacheStatus } = await askProxy(stack(), bad, init);
      expect([status, location]).toEqual([302, bad]);
      expect(cacheStatus).toMatch(/^snapbyte; fwd=(uri-miss|bypass)$/);
    }
    expect((await ask(bad)).status).toBeGreaterThanOrEqual(400);
  });

  it("with a false signature is not asked about, and nothing is filled by it", async () => {
    const good = await publish(stack(), "verified-never.txt", "never");
    const bad = good.replace(/X-Amz-Signature=[0-9a-f]{8}/, "X-Amz-Signature=01234567");
    for (let count = 0; count < 2; count++) expect((await askProxy(stack(), bad)).location).toBe(bad);
    const { key } = await preload(stack(), { url: await publish(stack(), "verified-after.txt", "after") });
    await untilReady(stack(), key);
    expect(await timesAsked(stack(), bad)).toEqual({ whole: 0, probes: 0 });
  });

  it("that has expired, or is not good yet, goes to the origin", async () => {
    const before = await timesAsked(stack(), await presign(stack(), "verified.txt"));
    for (const hours of [-1, 1]) {
      const signingDate = new Date(Date.now() + hours * HOUR_S * 1000);
      const url = await presign(stack(), "verified.txt", HOUR_S / 2, { signingDate });
      const { location, cacheStatus } = await askProxy(stack(), url);
      expect([location, cacheStatus]).toEqual([url, "snapbyte; fwd=bypass"]);
    }
    expect(await timesAsked(stack(), await presign(stack(), "verified.txt"))).toEqual(before);
  });

  it("is asked about at the origin again when the key is gone", async () => {
    const { key } = await preload(stack(), { url: await publish(stack(), "unverified.txt", "unverified") });
    await untilReady(stack(), key);
    await untilHit(stack(), await presign(stack(), "unverified.txt", 601));
    await done(stack(), "DELETE", `/verification-keys/${id}`);
    const url = await presign(stack(), "unverified.txt", 602);
    await untilHit(stack(), url);
    expect(await timesAsked(stack(), url)).toEqual({ whole: 1, probes: 1 });
  });
}
