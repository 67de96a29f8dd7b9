import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { untilStored } from "../../stack/entries.ts";
import { presign, publish } from "../../stack/objects.ts";
import { ask, askProxy, lastingHeaders, proxyUrl, untilHit } from "../../stack/requests.ts";

/** Sends callers to the origin at once, with nothing changed on the way. */
export function firstDownloads(stack: () => Stack): void {
  it("goes to the origin by a redirect that nobody keeps and that tells nobody where it came from", async () => {
    const url = await publish(stack(), "first.txt", "first");
    const { status, location, headers, body } = await askProxy(stack(), url);
    expect({ status, location, body }).toEqual({ status: 302, location: url, body: "" });
    expect(Object.fromEntries(headers)).toMatchObject({
      "cache-status": "snapbyte; fwd=uri-miss",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    });
  });

  it("brings the bytes to a client that follows it", async () => {
    const url = await publish(stack(), "first-followed.txt", "followed");
    const response = await fetch(proxyUrl(stack(), url));
    expect(await response.text()).toBe("followed");
  });

  it("gets the same head for HEAD as for GET", async () => {
    const url = await presign(stack(), "first-absent.txt");
    const got = await askProxy(stack(), url);
    const headed = await askProxy(stack(), url, { method: "HEAD" });
    expect([headed.status, headed.body]).toEqual([got.status, ""]);
    // Where a body could be, the runtime adds that there is none.
    expect({ ...lastingHeaders(headed.headers), "content-length": "0" }).toEqual(lastingHeaders(got.headers));
  });

  it.each([
    "//double//slash",
    "/lower%2fhex/UPPER%2F",
    "/plus+plus%2B",
    "/space%20and%7Etilde~",
    "/a;b=c,d:e@f!$&'()*",
    "/caf%C3%A9/%F0%9F%98%80",
    "/no-query-value?",
    "/x?empty=&=nameless&flag&twice=1&twice=2",
    "/x?encoded=%2526%3D&plus=a+b",
  ])("keeps %s byte for byte", async (rest) => {
    const { originCredentials } = stack();
    const url = `${originCredentials.endpoint}/${originCredentials.bucket}${rest}`;
    const { status, location } = await askProxy(stack(), url);
    expect({ status, location }).toEqual({ status: 302, location: url });
  });

  it("keeps a plus that was not encoded in the query of ours", async () => {
    const { api, originCredentials } = stack();
    const url = `${originCredentials.endpoint}/${originCredentials.bucket}/a+b.txt`;
    const response = await ask(`${api}/proxy?url=${url}`);
    expect(response.headers.get("location")).toBe(url);
  });

  it("sends a space on as every client would, encoded", async () => {
    const url = await publish(stack(), "first with spaces.txt", "spaces");
    const { location } = await askProxy(stack(), url.replaceAll("%20", " "));
    expect(location).toBe(url);
    await untilStored(stack(), url);
  });

  it("leaves a fragment to the client, whom it is for; the object is the same", async () => {
    const url = await publish(stack(), "first-fragment.txt", "fragment");
    expect((await askProxy(stack(), `${url}#page=2`)).location).toBe(`${url}#page=2`);
    await untilStored(stack(), url);
    const { location } = await untilHit(stack(), url);
    expect(await (await ask(location)).text()).toBe("fragment");
  });

  it("takes one URL for one object, however odd its key", async () => {
    const url = await publish(stack(), "odd//key +%2f é.txt", "odd");
    const response = await fetch((await askProxy(stack(), url)).location);
    expect(await response.text()).toBe("odd");
  });
}
