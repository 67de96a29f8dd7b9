import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { ask } from "../../stack/requests.ts";
import { noteSignaturesOf } from "../../stack/signatures.ts";
import {
  type Begun,
  CHUNK,
  type Completed,
  chunkOf,
  complete,
  content,
  init,
  refused,
  sha256,
  statusOf,
  storedFile,
} from "./uploading.ts";

const SIZE = CHUNK + 7;
const FILE = content(SIZE, 3);

/** Puts each part where it was told to, and returns what the store calls them. */
async function putParts({ parts = [] }: Begun): Promise<{ index: number; etag: string }[]> {
  return await Promise.all(
    parts.map(async ({ index, url }) => {
      const response = await ask(noteSignaturesOf(url), { method: "PUT", body: chunkOf(FILE, index) });
      expect(response.status).toBe(200);
      return { index, etag: response.headers.get("ETag") ?? "" };
    }),
  );
}

export function directUploads(stack: () => Stack): void {
  it("is put there by presigned addresses, and completed by what the store answered", async () => {
    const begun = await init(stack(), SIZE, { direct: true, sha256: sha256(FILE) });
    expect(begun.parts).toHaveLength(2);
    const parts = await putParts(begun);
    const done = (await (await complete(stack(), begun, { parts })).json()) as Completed;
    expect(done).toMatchObject({ status: "completed", sha256: sha256(FILE), size: SIZE });
    expect(sha256((await storedFile(stack(), done.r2_key)) ?? new Uint8Array())).toBe(sha256(FILE));
  });

  it("is not completed by parts that the store does not have, and goes on", async () => {
    const begun = await init(stack(), SIZE, { direct: true });
    const parts = await putParts(begun);
    const [first] = parts;
    expect(await refused(await complete(stack(), begun, { parts: [first] }))).toMatchObject({ missing: [1] });
    const made = parts.map(({ index }) => ({ index, etag: '"made-up"' }));
    expect((await refused(await complete(stack(), begun, { parts: made }))).code).toBe("INVALID_FIELD");
    expect((await statusOf(stack(), begun)).parts).toHaveLength(2);
    expect((await complete(stack(), begun, { parts })).status).toBe(200);
  });
}
