import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { manage } from "../../stack/requests.ts";
import { CHUNK, type Completed, chunkOf, complete, content, init, sendChunk, sha256 } from "./uploading.ts";

const FILE = content(CHUNK + 3, 9);

export function assets(stack: () => Stack): void {
  it("is one when it is complete, with the digest of its bytes", async () => {
    const begun = await init(stack(), FILE.length, { asset: true });
    for (const index of [0, 1]) await sendChunk(stack(), begun, index, chunkOf(FILE, index));
    const done = (await (await complete(stack(), begun)).json()) as Completed;
    const asset = await manage(stack(), `/assets/${done.asset_id}`);
    expect([asset.status, await asset.json()]).toMatchObject([
      200,
      { id: done.asset_id, filename: "video.mp4", size: FILE.length, is_public: false },
    ]);
    const shared = await manage(stack(), `/assets/${done.asset_id}/access-token`, { body: {} });
    const { token } = (await shared.json()) as { readonly token: string };
    const read = await manage(stack(), `/assets/private/${token}`, { key: null });
    expect(sha256(new Uint8Array(await read.arrayBuffer()))).toBe(sha256(FILE));
    expect(((await (await complete(stack(), begun)).json()) as Completed).asset_id).toBe(done.asset_id);
  });
}
