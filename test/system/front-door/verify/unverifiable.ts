import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady } from "../../stack/entries.ts";
import { presign, publish } from "../../stack/objects.ts";
import { untilHit } from "../../stack/requests.ts";
import { done } from "../settings/settings-calls.ts";
import { originSecret, register, timesAsked } from "./registered.ts";

/** What we cannot judge is the origin's to judge: one byte of it for each URL. */
export function unverifiable(stack: () => Stack): void {
  it("asks the origin", async () => {
    const { key } = await preload(stack(), { url: await publish(stack(), "no-key.txt", "no key") });
    await untilReady(stack(), key);
    const url = await presign(stack(), "no-key.txt", 601);
    for (let count = 0; count < 2; count++) await untilHit(stack(), url);
    expect(await timesAsked(stack(), url)).toEqual({ whole: 1, probes: 1 });
  });

  it("asks the origin about a URL of an access key that nobody registered", async () => {
    const secret = { ...originSecret(stack()), access_key_id: "AKIAOFSOMEBODYELSE" };
    const id = await register(stack(), secret);
    const { key } = await preload(stack(), { url: await publish(stack(), "other-key.txt", "other key") });
    await untilReady(stack(), key);
    const url = await presign(stack(), "other-key.txt", 601);
    await untilHit(stack(), url);
    expect(await timesAsked(stack(), url)).toEqual({ whole: 1, probes: 1 });
    await done(stack(), "DELETE", `/verification-keys/${id}`);
  });
}
