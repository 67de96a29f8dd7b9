import { beforeAll, describe, expect, it } from "vitest";
import { preload, untilReady } from "../stack/entries.ts";
import { presign, publish } from "../stack/objects.ts";
import { untilHit } from "../stack/requests.ts";
import { withStack } from "../stack/with-stack.ts";
import { type Crowd, startCrowd } from "./purge-holds/crowd.ts";
import { addressOf, type Holders, holdersOf, putVersion } from "./purge-holds/holders.ts";
import { linkNow, outcomeOf, revoke } from "./revoke-holds/revoked.ts";

const CLIENTS = 20;
/** What the issue allows; the call itself waits until it is done. */
const WITHIN_MS = 5000;
const KEY = "revoked.bin";

const stack = withStack();

describe("POST /links/revoke, while 20 clients download by links", () => {
  let holders: Holders;
  let crowd: Crowd;
  /** Links of before: of the other tenant's, to our copy and to the store itself. */
  let presignedLink: string;
  let revokedAt: number;
  let took: number;

  beforeAll(async () => {
    await putVersion(stack(), KEY, 1);
    holders = await holdersOf(stack(), { key: KEY, count: CLIENTS });
    const others = await publish(stack(), "others.txt", "of the other tenant");
    const site = stack().presigned.tenant;
    presignedLink = (await untilHit(stack(), others, { extra: { site } })).location;

    crowd = startCrowd(holders.links);
    await crowd.untilEach(2);
    took = await revoke(stack());
    revokedAt = performance.now();
    await crowd.untilEach(3, revokedAt);
    await crowd.stop();
    return async () => await crowd.stop();
  });

  it("served all of them before, out of the cache", () => {
    const before = crowd.got.filter(({ startedAt }) => startedAt <= revokedAt - took);
    expect(before.length).toBeGreaterThanOrEqual(CLIENTS);
    expect(before.filter(({ version }) => version !== 1)).toEqual([]);
    expect(before.some(({ cacheStatus }) => cacheStatus?.endsWith("detail=edge"))).toBe(true);
  });

  it("once answered, within 5 s, none of them counts: 410, and no way to the origin", () => {
    expect(took).toBeLessThan(WITHIN_MS);
    const after = crowd.got.filter(({ startedAt }) => startedAt > revokedAt);
    expect(after.length).toBeGreaterThanOrEqual(3 * CLIENTS);
    const refused = { status: 410, code: "LINK_REVOKED", location: null, version: null };
    expect(
      after.filter((got) => Object.entries(refused).some(([name, value]) => Reflect.get(got, name) !== value)),
    ).toEqual([]);
  });

  it("is over in all ways to ask", async () => {
    const [link = ""] = holders.links;
    const gone = [410, "LINK_REVOKED"];
    expect(await outcomeOf(link, { headers: { range: "bytes=0-0, 5-9" } })).toEqual(gone);
    expect(await outcomeOf(link, { headers: { "if-none-match": "*" } })).toEqual(gone);
    expect(await outcomeOf(link, { method: "HEAD" })).toEqual([410]);
  });

  it("leaves the copy where it is: the next link from /proxy counts at once", async () => {
    await untilReady(stack(), KEY);
    const url = await addressOf(stack(), KEY, CLIENTS);
    const link = await linkNow(stack(), url, KEY);
    expect(holders.links).not.toContain(link);
    expect(await outcomeOf(link, { headers: { range: "bytes=0-0" } })).toEqual([206]);
    // Also for who held a link: the same address of the origin gets another one.
    const again = await linkNow(stack(), holders.urls[0] ?? "", KEY);
    expect(again).not.toBe(holders.links[0]);
    expect(await outcomeOf(again)).toEqual([200]);
  });

  it("cannot reach links straight to the store: those live until they end", async () => {
    expect(await outcomeOf(presignedLink)).toEqual([200]);
    const took = await revoke(stack(), stack().presigned.apiKey);
    expect(took).toBeLessThan(WITHIN_MS);
    expect(await outcomeOf(presignedLink)).toEqual([200]);
  });

  it("changes nothing for another tenant", async () => {
    const url = await presign(stack(), KEY, 900);
    const mine = (await untilHit(stack(), url, { extra: { hash: KEY } })).location;
    await revoke(stack(), stack().presigned.apiKey);
    expect(await outcomeOf(mine, { headers: { range: "bytes=0-0" } })).toEqual([206]);
    await untilHit(stack(), url, { extra: { hash: KEY } });
  });

  it("may come again and again", async () => {
    const { key } = await preload(stack(), { url: await publish(stack(), "again.txt", "again") });
    await untilReady(stack(), key);
    const links: string[] = [];
    for (let time = 0; time < 3; time += 1) {
      links.push((await untilHit(stack(), await presign(stack(), "again.txt"))).location);
      expect(await outcomeOf(links[time] ?? "")).toEqual([200]);
      await revoke(stack());
      for (const link of links) expect(await outcomeOf(link)).toEqual([410, "LINK_REVOKED"]);
    }
  });
});
