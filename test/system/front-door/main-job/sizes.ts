import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady } from "../../stack/entries.ts";
import { publish, sha256, weigh } from "../../stack/objects.ts";
import type { OwnOrigin } from "../../stack/own-origin.ts";
import { ask, proxyUrl, untilHit } from "../../stack/requests.ts";

const MIB = 2 ** 20;

/** A copy is made in one piece up to 8 MiB and in parts above: what lies at the seams is what was sent. */
export function sizes(stack: () => Stack, open: () => OwnOrigin): void {
  it.each([
    ["one byte", 1],
    ["one part exactly", 8 * MIB],
    ["one part and a byte", 8 * MIB + 1],
    ["several parts", 20 * MIB],
  ])("keeps %s", async (name, bytes) => {
    const body = randomBytes(bytes);
    const url = await publish(stack(), `size-${name.replaceAll(" ", "-")}.bin`, body);
    const { key } = await preload(stack(), { url });
    expect(await untilReady(stack(), key)).toMatchObject({ size: bytes, sha256: sha256(body) });

    const { location } = await untilHit(stack(), url);
    const response = await ask(location);
    expect([response.status, response.headers.get("content-length")]).toEqual([200, String(bytes)]);
    expect(await weigh(response)).toEqual({ bytes, sha256: sha256(body) });
  });

  it("serves a range across a seam", async () => {
    const body = randomBytes(17 * MIB);
    const url = await publish(stack(), "seams.bin", body);
    const { key } = await preload(stack(), { url });
    await untilReady(stack(), key);
    const { location } = await untilHit(stack(), url);
    const response = await ask(location, { headers: { range: `bytes=${8 * MIB - 5}-${16 * MIB + 4}` } });
    expect(await weigh(response)).toEqual({
      bytes: 8 * MIB + 10,
      sha256: sha256(body.subarray(8 * MIB - 5, 16 * MIB + 5)),
    });
  });

  it("keeps an empty object", async () => {
    const url = `${open().url}/empty`;
    const { key } = await preload(stack(), { url });
    expect(await untilReady(stack(), key)).toMatchObject({ size: 0, sha256: sha256("") });
    const { location } = await untilHit(stack(), url);
    const whole = await ask(location);
    expect([whole.status, whole.headers.get("content-length"), await whole.text()]).toEqual([200, "0", ""]);
    const range = await ask(location, { headers: { range: "bytes=0-0" } });
    expect([range.status, range.headers.get("content-range")]).toEqual([416, "bytes */0"]);
  });

  it("brings nothing where nothing is, also from an origin whose 416 does not say of how much", async () => {
    const url = await publish(stack(), "empty.bin", "");
    const { key } = await preload(stack(), { url });
    expect(await untilReady(stack(), key)).toMatchObject({ size: 0, sha256: sha256("") });
    const response = await fetch(proxyUrl(stack(), url));
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });
}
