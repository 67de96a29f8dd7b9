import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { manage } from "../../stack/requests.ts";
import {
  type Begun,
  CHUNK,
  chunkOf,
  complete,
  content,
  init,
  refused,
  sendChunk,
  sha256,
  statusOf,
} from "./uploading.ts";

const FILE = content(CHUNK + 1, 4);
const UNKNOWN = { upload_id: "1700000000000-00000000-0000-4000-8000-000000000000" };

const cancel = async (stack: Stack, { upload_id }: Pick<Begun, "upload_id">) =>
  await manage(stack, "/api/upload/cancel", { body: { upload_id } });

export function endings(stack: () => Stack): void {
  it("by being cancelled takes nothing more, and is not completed", async () => {
    const begun = await init(stack(), FILE.length);
    await sendChunk(stack(), begun, 0, chunkOf(FILE, 0));
    const cancelled = await cancel(stack(), begun);
    expect([cancelled.status, await cancelled.json()]).toEqual([
      200,
      { upload_id: begun.upload_id, status: "cancelled" },
    ]);
    for (const late of [
      await sendChunk(stack(), begun, 1, chunkOf(FILE, 1)),
      await complete(stack(), begun),
      await cancel(stack(), begun),
    ]) {
      expect([late.status, (await refused(late)).code]).toEqual([409, "UPLOAD_COMPLETED"]);
    }
    expect(await statusOf(stack(), begun)).toMatchObject({ status: "cancelled", chunks: [] });
  });

  it("as another than was declared is kept by nobody", async () => {
    const begun = await init(stack(), FILE.length, { sha256: sha256(content(5)) });
    for (const index of [0, 1]) await sendChunk(stack(), begun, index, chunkOf(FILE, index));
    const response = await complete(stack(), begun);
    expect([response.status, (await refused(response)).message]).toEqual([400, expect.stringContaining("sha256")]);
    expect(await statusOf(stack(), begun)).toMatchObject({ status: "cancelled" });
  });

  it.each([UNKNOWN, { upload_id: "no-id" }, { upload_id: "\u0000" }])(
    "was there before: %j is unknown",
    async (named) => {
      for (const response of [await complete(stack(), named), await cancel(stack(), named)]) {
        expect([response.status, (await refused(response)).code]).toEqual([404, "UPLOAD_NOT_FOUND"]);
      }
    },
  );

  it("is another tenant's to nobody else", async () => {
    const begun = await init(stack(), FILE.length);
    const key = stack().presigned.apiKey;
    const foreign = await sendChunk(stack(), begun, 0, chunkOf(FILE, 0), { key });
    expect([foreign.status, (await refused(foreign)).code]).toEqual([404, "UPLOAD_NOT_FOUND"]);
    const told = await manage(stack(), `/api/upload/${begun.upload_id}/status`, { key });
    expect(told.status).toBe(404);
    expect((await manage(stack(), `/api/upload/${begun.upload_id}/status`, { key: null })).status).toBe(401);
  });
}
