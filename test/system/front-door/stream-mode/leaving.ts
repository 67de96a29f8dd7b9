import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { untilStored } from "../../stack/entries.ts";
import { until } from "../../stack/until.ts";
import { slowDownload } from "./downloads.ts";
import type { PacedOrigin } from "./paced-origin.ts";

const MIB = 2 ** 20;
const SIZE = 40 * MIB;
const PART = 8 * MIB;

/** A client that leaves early, or that breaks off because its origin did, still leads to a copy. */
export function leaving(stack: () => Stack, origin: () => PacedOrigin): void {
  it("at a tenth leads to a copy, and the origin sends no byte twice while it is fast", async () => {
    // On a machine that others keep busy the rest may go to the queue, as from a slow origin: then it is tried once more.
    const kept = await until("nothing is left to the queue", async () => {
      const { object, download } = await slowDownload(stack(), () => origin().publish(SIZE));
      await download.take(SIZE / 10);
      download.leave();
      expect(await untilStored(stack(), object.url)).toMatchObject({ size: SIZE, sha256: object.sha256 });
      expect(object.sent()).toBeLessThanOrEqual(SIZE + PART);
      return object.asked().length === 1 ? object : null;
    });
    expect([kept.asked(), kept.sent()]).toEqual([["GET"], SIZE]);
  });

  it("from a slow origin leaves the rest to the queue, which fetches only what is missing", async () => {
    const { object, download } = await slowDownload(stack(), () => origin().publish(SIZE, { allowed: PART + 4 * MIB }));
    await download.take(SIZE / 10);
    download.leave();
    await until("the rest is asked for", async () => (object.asked().length > 1 ? true : null));
    object.allow();
    expect(await untilStored(stack(), object.url)).toMatchObject({ size: SIZE, sha256: object.sha256 });
    expect(object.asked().filter((line) => line === "GET")).toHaveLength(1);
    expect(object.sent()).toBeLessThanOrEqual(SIZE + PART);
  });
}
