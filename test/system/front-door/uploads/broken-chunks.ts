import { createHash } from "node:crypto";
import { request } from "node:http";
import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { manage } from "../../stack/requests.ts";
import {
  type Begun,
  CHUNK,
  type Completed,
  chunkOf,
  complete,
  content,
  INIT,
  init,
  refused,
  sendChunk,
  sha256,
  statusOf,
  storedFile,
} from "./uploading.ts";

const SIZE = 2 * CHUNK + 7;
const FILE = content(SIZE, 2);

/** Sends half of a chunk, and hangs up. */
async function sendHalf({ api, apiKey }: Stack, { upload_id }: Begun): Promise<void> {
  const headers = { Authorization: `Bearer ${apiKey}`, "X-Upload-Id": upload_id, "X-Chunk-Index": "0" };
  const { promise, resolve } = Promise.withResolvers<void>();
  const sending = request(`${api}/api/upload/chunk`, {
    method: "PUT",
    headers: { ...headers, "Content-Length": CHUNK },
  });
  sending.on("error", () => resolve());
  sending.on("close", () => resolve());
  sending.write(chunkOf(FILE, 0).subarray(0, CHUNK / 2), () => sending.destroy());
  await promise;
}

export function brokenChunks(stack: () => Stack): void {
  it("come in any order, side by side and twice, and are checked on the way", async () => {
    const begun = await init(stack(), SIZE, { sha256: sha256(FILE) });
    const md5 = createHash("md5").update(chunkOf(FILE, 1)).digest("base64");
    const answers = await Promise.all([
      sendChunk(stack(), begun, 2, chunkOf(FILE, 2), { "X-Chunk-SHA256": sha256(chunkOf(FILE, 2)) }),
      sendChunk(stack(), begun, 0, chunkOf(FILE, 0)),
      sendChunk(stack(), begun, 1, chunkOf(FILE, 1), { "Content-MD5": md5 }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await sendChunk(stack(), begun, 1, chunkOf(FILE, 1))).status).toBe(200);
    const done = (await (await complete(stack(), begun)).json()) as Completed;
    expect(done).toMatchObject({ status: "completed", sha256: sha256(FILE) });
    expect(sha256((await storedFile(stack(), done.r2_key)) ?? new Uint8Array())).toBe(sha256(FILE));
    expect(await (await complete(stack(), begun)).json()).toEqual(done);
  });

  it("with a wrong digest, size or index are refused, and the session goes on", async () => {
    const begun = await init(stack(), SIZE);
    const first = chunkOf(FILE, 0);
    const wrong = [
      [await sendChunk(stack(), begun, 0, first, { "X-Chunk-SHA256": "ab".repeat(32) }), "X-Chunk-SHA256"],
      [await sendChunk(stack(), begun, 0, first, { "Content-MD5": "qrvM3e7/AAAAAAAAAAAAAA==" }), "Content-MD5"],
      [await sendChunk(stack(), begun, 0, first, { "Content-MD5": "no" }), "Content-MD5"],
      [await sendChunk(stack(), begun, 0, first.subarray(1)), "chunk 0"],
      [await sendChunk(stack(), begun, 2, first), "chunk 2"],
      [await sendChunk(stack(), begun, 3, first), "X-Chunk-Index"],
      [await sendChunk(stack(), begun, 0, first, { "X-Chunk-Index": "-1" }), "X-Chunk-Index"],
    ] as const;
    for (const [response, named] of wrong) {
      expect(response.status).toBe(400);
      expect(await refused(response)).toMatchObject({ code: "INVALID_FIELD", message: expect.stringContaining(named) });
    }
    const unnamed = await sendChunk(stack(), begun, 0, first, { "X-Upload-Id": "" });
    expect(await refused(unnamed)).toMatchObject({ code: "MISSING_FIELD", message: "X-Upload-Id is required." });
    expect(await statusOf(stack(), begun)).toMatchObject({ status: "initiated", chunks: [], bytes_uploaded: 0 });
    expect((await sendChunk(stack(), begun, 0, first)).status).toBe(200);
  });

  it("that break off cost themselves, and the status tells what need not be sent again", async () => {
    const begun = await init(stack(), SIZE);
    await sendChunk(stack(), begun, 1, chunkOf(FILE, 1));
    await sendHalf(stack(), begun);
    const { chunks } = await statusOf(stack(), begun);
    expect(chunks).toEqual([1]);
    const lacking = await complete(stack(), begun);
    expect(lacking.status).toBe(409);
    expect(await refused(lacking)).toMatchObject({ code: "UPLOAD_INCOMPLETE", missing: [0, 2] });
    for (const index of [0, 2]) await sendChunk(stack(), begun, index, chunkOf(FILE, index));
    const done = (await (await complete(stack(), begun)).json()) as Completed;
    expect(sha256((await storedFile(stack(), done.r2_key)) ?? new Uint8Array())).toBe(sha256(FILE));
  });

  it.each<[string, object, number, string, string]>([
    ["no name", { file_name: undefined }, 400, "MISSING_FIELD", "file_name"],
    ["no role", { user_role: undefined }, 400, "MISSING_FIELD", "user_role"],
    ["another role", { user_role: "owner" }, 400, "INVALID_FIELD", "user_role"],
    ["a size that is a text", { total_size: "7" }, 400, "INVALID_FIELD", "total_size"],
    ["a user of another folder", { user_id: "../x" }, 400, "INVALID_FIELD", "user_id"],
    ["a type that is none", { content_type: "video" }, 400, "INVALID_FIELD", "content_type"],
    ["more bytes than are taken", { total_size: 64 * 2 ** 20 + 1 }, 413, "FILE_TOO_LARGE", "67108864"],
  ])("do not begin with %s", async (_, fields, status, code, named) => {
    const response = await manage(stack(), "/api/upload/init", { body: { ...INIT, total_size: SIZE, ...fields } });
    expect(response.status).toBe(status);
    expect(await refused(response)).toEqual({
      ...{ code, message: expect.stringContaining(named) },
      ...{ timestamp: expect.stringMatching(/Z$/), request_id: expect.any(String) },
    });
  });

  it("are shown under the name that was given, and lie under a safe one", async () => {
    const file_name = "../../\u0000\u202ee\u0301vil👩‍👩‍👧‍👦.mp4";
    const begun = await init(stack(), 3, { file_name });
    await sendChunk(stack(), begun, 0, content(3));
    expect(await statusOf(stack(), begun)).toMatchObject({ file_name });
    const done = (await (await complete(stack(), begun)).json()) as Completed;
    expect(done.r2_key).toMatch(/^creator\/user123\/[0-9]{8}\/video\/évil👩‍👩‍👧‍👦-[0-9a-f]{8}\.mp4$/u);
    expect(await storedFile(stack(), done.r2_key)).toEqual(content(3));
  });
}
