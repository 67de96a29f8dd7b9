import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { untilReady, untilStored } from "../../stack/entries.ts";
import { presign, publish, weigh } from "../../stack/objects.ts";
import { isWhole, requestsFor } from "../../stack/origin-log.ts";
import { askProxy, lastingHeaders, untilHit } from "../../stack/requests.ts";

/** Sends callers to the copy, which costs the origin one byte. */
export function laterDownloads(stack: () => Stack): void {
  it.each(["hello.txt", "pixel.png", "video.bin"])("gets %s from us, byte for byte", async (key) => {
    const sample = stack().samples.find(({ url }) => url.includes(`/${key}?`));
    const url = await presign(stack(), key);
    expect((await askProxy(stack(), url)).location).toBe(url);
    const entry = await untilStored(stack(), url);
    expect(entry).toMatchObject({ size: sample?.bytes, sha256: sample?.sha256 });

    const before = (await requestsFor(stack(), url)).length;
    const { status, location, headers, body } = await untilHit(stack(), url);
    expect({ status, body }).toEqual({ status: 302, body: "" });
    expect(location).toMatch(`${stack().api}/f/`);
    expect(location).toMatch(new RegExp(`/${key}$`));
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("referrer-policy")).toBe("no-referrer");

    const response = await fetch(location);
    expect(response.status).toBe(200);
    expect(await weigh(response)).toEqual({ bytes: sample?.bytes, sha256: sample?.sha256 });

    const all = await requestsFor(stack(), url);
    expect(all.filter(isWhole)).toHaveLength(1);
    const later = all.slice(before);
    expect(later.map(({ method, range, bytes }) => [method, range, bytes])).toEqual([["GET", "bytes=0-0", 1]]);
  });

  it("hits with the URL of another signing of the same object", async () => {
    const first = await publish(stack(), "signed-twice.txt", "signed twice");
    await askProxy(stack(), first);
    await untilStored(stack(), first);
    const second = await presign(stack(), "signed-twice.txt", 1234);
    expect(second).not.toBe(first);
    const response = await fetch((await untilHit(stack(), second)).location);
    expect(await response.text()).toBe("signed twice");
    expect((await requestsFor(stack(), first)).filter(isWhole)).toHaveLength(1);
  });

  it("gives the same link for the same URL, so that browsers keep what it brought", async () => {
    const url = await publish(stack(), "same-link.txt", "same link");
    await askProxy(stack(), url, { extra: { hash: "same-link" } });
    await untilReady(stack(), "same-link");
    const init = { extra: { hash: "same-link" } };
    const [first, second] = [await untilHit(stack(), url, init), await untilHit(stack(), url, init)];
    const headed = await untilHit(stack(), url, { ...init, method: "HEAD" });
    expect(second.location).toBe(first.location);
    // Where a body could be, the runtime adds that there is none.
    expect({ ...lastingHeaders(headed.headers), "content-length": "0" }).toEqual(lastingHeaders(first.headers));
  });

  it("probes a URL once and remembers the verdict", async () => {
    const url = await publish(stack(), "probed.txt", "probed");
    await askProxy(stack(), url);
    await untilStored(stack(), url);
    for (let count = 0; count < 3; count++) await untilHit(stack(), url);
    const probes = (await requestsFor(stack(), url)).filter(({ range }) => range !== null);
    expect(probes).toHaveLength(1);
  });
}
