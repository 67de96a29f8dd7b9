import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { findEntry, untilReady } from "../../stack/entries.ts";
import { presign, publish } from "../../stack/objects.ts";
import type { OwnOrigin } from "../../stack/own-origin.ts";
import { manage } from "../../stack/requests.ts";

type Answer = { readonly items: readonly { key: string; status: string }[] };

/** `POST /preload` with `items`. */
export function batches(stack: () => Stack, origin: () => OwnOrigin): void {
  const items = (count: number, name: string) =>
    Array.from({ length: count }, (_, index) => ({
      url: `${origin().url}/${name}/${index}`,
      hash: `${name}-${index}`,
    }));

  it("answers for each item, in their order", async () => {
    const good = await publish(stack(), "batched.txt", "batched");
    const missing = await presign(stack(), "batched-missing.txt");
    const stale = missing.replace(/X-Amz-Date=\d{8}/, "X-Amz-Date=20200101");
    const body = {
      items: [
        { url: good, hash: "batch-1" },
        { url: stale, hash: "batch-2" },
        { url: good, hash: "batch-1" },
      ],
    };
    const response = await manage(stack(), "/preload", { body });
    expect(response.status).toBe(202);
    expect(((await response.json()) as Answer).items).toEqual([
      { key: "batch-1", status: "queued" },
      { key: "batch-2", status: "not_storable" },
      { key: "batch-1", status: "filling" },
    ]);
    await untilReady(stack(), "batch-1");
    const again = await manage(stack(), "/preload", { body });
    expect(((await again.json()) as Answer).items.map(({ status }) => status)).toEqual([
      "ready",
      "not_storable",
      "ready",
    ]);
  });

  it("takes no item more than a thousand, and then none of them", async () => {
    const response = await manage(stack(), "/preload", { body: { items: items(1_001, "too-many") } });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: "INVALID_FIELD", message: /items/ } });
    expect(await findEntry(stack(), "too-many-0")).toBeNull();
  });

  it("takes a thousand", async () => {
    const response = await manage(stack(), "/preload", { body: { items: items(1_000, "thousand") } });
    expect(response.status).toBe(202);
    const answer = (await response.json()) as Answer;
    expect(answer.items.map(({ key }) => key)).toEqual(items(1_000, "thousand").map(({ hash }) => hash));
    expect(new Set(answer.items.map(({ status }) => status))).toEqual(new Set(["queued"]));
    await untilReady(stack(), "thousand-0");
    expect(await findEntry(stack(), "thousand-999")).not.toBeNull();
  });
}
