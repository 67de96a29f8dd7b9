import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { type Completed, complete, content, init, sendChunk, sha256, storedFile } from "./uploading.ts";

const CLIENTS = 100;
const BYTES = 10_000;

export function crowd(stack: () => Stack): void {
  it("with ten names make a hundred files, each its own", async () => {
    const keys = await Promise.all(
      Array.from({ length: CLIENTS }, async (_, client) => {
        const begun = await init(stack(), BYTES + client, { file_name: `${client % 10}.mp4` });
        expect((await sendChunk(stack(), begun, 0, content(BYTES + client, client))).status).toBe(200);
        return ((await (await complete(stack(), begun)).json()) as Completed).r2_key;
      }),
    );
    expect(new Set(keys).size).toBe(CLIENTS);
    for (const [client, key] of keys.entries()) {
      const stored = (await storedFile(stack(), key)) ?? new Uint8Array();
      expect(sha256(stored)).toBe(sha256(content(BYTES + client, client)));
    }
  });
}
