import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { findEntry, preload, untilReady } from "../../stack/entries.ts";
import { publish } from "../../stack/objects.ts";
import { until } from "../../stack/until.ts";
import { asOther, call, done, refusal } from "../settings/settings-calls.ts";

/** A purge that is queued, and how far it has come. */
export function largePurges(stack: () => Stack): void {
  it("is queued, and ends with its counts", async () => {
    const { key } = await preload(stack(), { url: await publish(stack(), "large.txt", "large"), hash: "large-300" });
    await untilReady(stack(), key);
    const keys = Array.from({ length: 500 }, (_, at) => `large-${at}`);
    const { status, body } = await call(stack(), "POST", "/purge", { keys });
    expect([status, body]).toEqual([202, { status: "queued", soft: false, purge: expect.any(String) }]);
    const path = `/purge/${body.purge}`;
    const ended = await until("the purge ends", async () => {
      const purge = await done(stack(), "GET", path);
      return purge.status === "done" ? purge : null;
    });
    expect(ended).toMatchObject({ purge: body.purge, soft: false, purged: 1, missing: 499 });
    expect(ended.selection).toEqual({ keys: keys.slice(0, 100), keys_total: 500 });
    expect(await findEntry(stack(), key)).toMatchObject({ status: "purged" });
    expect(refusal(await call(stack(), "GET", path, undefined, asOther(stack())))).toMatchObject({ status: 404 });
  });
}
