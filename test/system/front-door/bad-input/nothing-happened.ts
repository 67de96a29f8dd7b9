import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { listEntries, preload, untilReady } from "../../stack/entries.ts";
import { presign } from "../../stack/objects.ts";
import { originRequests } from "../../stack/origin-log.ts";
import type { OwnOrigin } from "../../stack/own-origin.ts";

/** Nothing was written, and nothing was fetched. */
export function nothingHappened(stack: () => Stack, foreign: () => OwnOrigin): void {
  it("no entry is there, and no origin was asked", async () => {
    const other = { ...stack(), apiKey: stack().presigned.apiKey };
    expect([await listEntries(stack()), await listEntries(other)]).toEqual([[], []]);

    // What is still on its way through the queue would come before this one.
    const { key } = await preload(stack(), { url: await presign(stack(), "pixel.png") });
    await untilReady(stack(), key);
    expect((await listEntries(stack())).map((entry) => entry.key)).toEqual([key]);
    expect(await listEntries(other)).toEqual([]);
    const asked = await originRequests(stack());
    expect(asked.map(({ method, path }) => `${method} ${path.split("/").at(-1)}`)).toEqual(["GET pixel.png"]);
    expect(foreign().asked).toEqual([]);
  });
}
