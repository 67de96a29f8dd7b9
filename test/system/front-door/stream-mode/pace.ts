import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { untilStored } from "../../stack/entries.ts";
import { weigh } from "../../stack/objects.ts";
import { askProxy } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import { passed, slowDownload } from "./downloads.ts";
import type { PacedOrigin } from "./paced-origin.ts";

const MIB = 2 ** 20;
const SIZE = 200 * MIB;
/** From the origin to the runtime, from there to the local stack's proxy, and from there to the client. */
const CONNECTIONS = 3;
/** What two parts, and the sockets on the way from the origin to the client hold in all. */
const HELD = 2 * 8 * MIB + CONNECTIONS * connectionHolds();

/**
 * Bytes that the kernel takes at most from who writes into a connection before who reads has taken any: the buffers of both
 * ends, which grow up to what the machine allows (tcp(7), `tcp_rmem` and `tcp_wmem`).
 */
function connectionHolds(): number {
  const largest = (name: string) => Number(readFileSync(`/proc/sys/net/ipv4/${name}`, "utf8").split(/\s+/)[2]);
  return largest("tcp_rmem") + largest("tcp_wmem");
}

/** So often in turn the origin must have sent nothing more. */
const LOOKS = 10;

/** Nobody runs ahead of anybody. */
export function pace(stack: () => Stack, origin: () => PacedOrigin): void {
  it("is set by a client that reads nothing for a while", async () => {
    const { object, download } = await slowDownload(stack(), () => origin().publish(SIZE));
    let before = -1;
    let looks = 0;
    await until("the origin is read no further", async () => {
      looks = object.sent() === before ? looks + 1 : 0;
      before = object.sent();
      return looks === LOOKS ? true : null;
    });
    expect(object.sent()).toBeLessThan(HELD);
    expect(await download.rest()).toEqual({ bytes: SIZE, sha256: object.sha256 });
    expect(await untilStored(stack(), object.url)).toMatchObject({ sha256: object.sha256 });
    expect(object.asked()).toEqual(["GET"]);
  });

  it("breaks off for the client where the origin's body does, and the queue goes on with what is missing", async () => {
    const cutAt = 20 * MIB;
    const { object, response } = await passed(stack(), () => origin().publish(40 * MIB, { cutAt }));
    await expect(weigh(response)).rejects.toThrow();
    expect(await untilStored(stack(), object.url)).toMatchObject({ size: object.size, sha256: object.sha256 });
    expect(object.asked().filter((line) => line === "GET")).toHaveLength(1);
    expect(object.sent()).toBeLessThanOrEqual(object.size + 8 * MIB);
  });

  it("breaks off in the middle of chunks, too, and the copy is made anew", async () => {
    const manner = { chunked: true, ranges: false, cutAt: 3 * MIB };
    const { object, response } = await passed(stack(), () => origin().publish(10 * MIB, manner));
    await expect(weigh(response)).rejects.toThrow();
    expect(await untilStored(stack(), object.url)).toMatchObject({ size: object.size, sha256: object.sha256 });
  });
}

/** A tenant that leaves the choice to us. */
export function automatic(stack: () => Stack, origin: () => PacedOrigin): void {
  const extra = () => ({ site: stack().presigned.tenant });

  it("passes a small object through", async () => {
    const { object, response } = await passed(stack(), () => origin().publish(1000), { extra: extra() });
    expect(await weigh(response)).toEqual({ bytes: 1000, sha256: object.sha256 });
  });

  it("sends the client of a large one to the origin, of which little is read", async () => {
    // Of what may not be stored the fill behind it reads nothing either.
    const fields = { "cache-control": "no-store" };
    const object = origin().publish(Buffer.alloc(256 * MIB), { announced: 2 * 2 ** 30, ranges: false, fields });
    const { status, location } = await askProxy(stack(), object.url, { extra: extra() });
    expect([status, location]).toEqual([302, object.url]);
    await until("the origin is asked", async () => (object.asked().length > 0 ? true : null));
    expect(object.sent()).toBeLessThan(HELD);
  });
}
