import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { storeContents } from "../../faults/run/store-contents.ts";
import { type Entry, preload, untilReady } from "../../stack/entries.ts";
import { publish, sha256, weigh } from "../../stack/objects.ts";
import { isWhole, requestsFor } from "../../stack/origin-log.ts";
import { ask, manage, untilHit } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import type { MoreStores } from "./more-stores.ts";
import { FROM_BYTES } from "./settings.ts";

/** More than one put may have, and no whole number of parts. */
const IN_PARTS_BYTES = 66 * 2 ** 20 + 12_345;

/** Copies of the demo tenant: large ones lie in the hidden store, small ones in the stack's own. */
export function keptElsewhere(stack: () => Stack, stores: () => MoreStores): void {
  async function copyOf(name: string, body: string | Uint8Array, fields = {}): Promise<{ url: string; entry: Entry }> {
    const url = await publish(stack(), name, body, fields);
    const { key } = await preload(stack(), { url });
    return { url, entry: await untilReady(stack(), key) };
  }
  const inOwn = (generation: string | null) =>
    storeContents(stack()).objects.some((key) => key.endsWith(`/${generation}`));
  const inHidden = async (generation: string | null) =>
    (await stores().hidden.keys()).some((key) => key.endsWith(`/${generation}`));

  it("are told apart by their size", async () => {
    const small = await copyOf("small.txt", "x".repeat(FROM_BYTES - 1));
    const large = await copyOf("large.txt", "x".repeat(FROM_BYTES));
    expect([inOwn(small.entry.generation), await inHidden(small.entry.generation)]).toEqual([true, false]);
    expect([inOwn(large.entry.generation), await inHidden(large.entry.generation)]).toEqual([false, true]);
  });

  it("are served by us, whole, in parts, and by their head", async () => {
    const body = randomBytes(5000);
    const fields = { ContentType: "video/mp4", ContentDisposition: 'inline; filename="a.mp4"', ContentLanguage: "de" };
    const { url } = await copyOf("film.mp4", body, fields);
    const { location } = await untilHit(stack(), url);
    expect(location).toMatch(new RegExp(`^(?:${stack().api})?/f/`));
    const address = new URL(location, stack().api).href;
    const whole = await ask(address);
    expect(Buffer.from(await whole.arrayBuffer()).equals(body)).toBe(true);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      "content-type": "video/mp4",
      "content-disposition": 'inline; filename="a.mp4"',
      "content-language": "de",
      "content-length": "5000",
    });
    const part = await ask(address, { headers: { range: "bytes=1000-1009" } });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, "bytes 1000-1009/5000"]);
    expect(Buffer.from(await part.arrayBuffer()).equals(body.subarray(1000, 1010))).toBe(true);
    const etag = whole.headers.get("etag") ?? "";
    expect((await ask(address, { headers: { "if-none-match": etag } })).status).toBe(304);
    expect((await ask(address, { method: "HEAD" })).headers.get("content-length")).toBe("5000");
    expect((await requestsFor(stack(), url)).filter(isWhole)).toHaveLength(1);
  });

  it("may be stored in parts", async () => {
    const body = randomBytes(IN_PARTS_BYTES);
    const { url, entry } = await copyOf("parts.bin", body);
    expect(await inHidden(entry.generation)).toBe(true);
    const { location } = await untilHit(stack(), url);
    // A machine that is busy enough is late, and we send to the origin then.
    const copy = await until("the store answers in time", async () => {
      const answer = await ask(new URL(location, stack().api).href);
      return answer.status === 200 ? answer : null;
    });
    expect(await weigh(copy)).toEqual({ bytes: IN_PARTS_BYTES, sha256: sha256(body) });
  });

  it("are deleted there", async () => {
    const { entry } = await copyOf("to-delete.txt", "x".repeat(FROM_BYTES));
    expect(await inHidden(entry.generation)).toBe(true);
    const answer = await manage(stack(), `/cache/${encodeURIComponent(entry.key)}`, { method: "DELETE" });
    expect(answer.status).toBeLessThan(300);
    expect(await inHidden(entry.generation)).toBe(false);
  });
}
