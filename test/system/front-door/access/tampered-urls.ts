import { beforeAll, expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady } from "../../stack/entries.ts";
import { presign, publish } from "../../stack/objects.ts";
import { ask, askProxy, untilHit } from "../../stack/requests.ts";

/** What somebody who may not have the bytes could try, with a good URL of the same or of another object in hand. */
const TRICKS: Readonly<Record<string, (good: string) => string>> = {
  "a changed signature": (good) =>
    good.replace(/(X-Amz-Signature=.*?)([0-9a-f])(&|$)/, (_, head, digit, end) => {
      return head + (digit === "0" ? "1" : "0") + end;
    }),
  "an empty signature": (good) => good.replace(/X-Amz-Signature=[0-9a-f]+/, "X-Amz-Signature="),
  "no signature": (good) => good.replace(/&?X-Amz-Signature=[0-9a-f]+/, ""),
  "the signature of another object": (good) => good.replace("/other.txt?", "/wanted.txt?"),
  "a longer life": (good) => good.replace(/X-Amz-Expires=\d+/, "X-Amz-Expires=601"),
  "no end": (good) => good.replace(/&?X-Amz-Expires=\d+/, ""),
  "a later date": (good) => good.replace(/X-Amz-Date=(\d{8})T\d{6}Z/, "X-Amz-Date=$1T235959Z"),
  "another access key": (good) => good.replace(/X-Amz-Credential=[^%&]+/, "X-Amz-Credential=AKIAIOSFODNN7EXAMPLE"),
  "no algorithm": (good) => good.replace(/X-Amz-Algorithm=[^&]+&?/, ""),
  "no query at all": (good) => good.replace(/\?.*/, ""),
  "a false signature before the good one": (good) => good.replace("?", `?X-Amz-Signature=${"0".repeat(64)}&`),
  "a parameter that was not signed": (good) => `${good}&unsigned=1`,
  "names in another case": (good) => good.replaceAll("X-Amz-", "x-amz-"),
};
/** These start from the URL of an object that the caller may have. */
const OF_ANOTHER = new Set(["the signature of another object"]);

/** The origin is the judge: whoever it would refuse is sent to it, and it refuses. */
export function tamperedUrls(stack: () => Stack): void {
  let other = "";
  beforeAll(async () => {
    other = await publish(stack(), "other.txt", "other");
    const { key } = await preload(stack(), { url: await publish(stack(), "wanted.txt", "wanted"), hash: "wanted" });
    await untilReady(stack(), key);
  });

  it.each(Object.keys(TRICKS))("gets no copy for %s", async (trick) => {
    const good = await presign(stack(), "wanted.txt");
    const bad = TRICKS[trick]?.(OF_ANOTHER.has(trick) ? other : good) ?? "";
    expect(bad).not.toBe(good);
    for (const extra of [{}, { hash: "wanted" }]) {
      for (let count = 0; count < 2; count++) {
        const { status, location, cacheStatus } = await askProxy(stack(), bad, { extra });
        expect({ status, location, cacheStatus }).toEqual({
          status: 302,
          location: bad,
          cacheStatus: expect.stringMatching(/^snapbyte; fwd=(uri-miss|bypass)$/),
        });
      }
    }
    const followed = await ask(bad);
    expect(followed.status).toBeGreaterThanOrEqual(400);
  });

  it("gets the copy for what it was before", async () => {
    const good = await presign(stack(), "wanted.txt");
    const { location } = await untilHit(stack(), good, { extra: { hash: "wanted" } });
    expect(await (await ask(location)).text()).toBe("wanted");
  });
}
