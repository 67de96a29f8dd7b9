import { createHash } from "node:crypto";
import type { z } from "zod";
import type { errorBody } from "../../../../src/api/schemas/common.ts";
import type { uploadBegunBody, uploadCompletedBody, uploadStatusBody } from "../../../../src/api/schemas/uploads.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { ask, manage } from "../../stack/requests.ts";

export type Begun = z.infer<typeof uploadBegunBody>;
export type Status = z.infer<typeof uploadStatusBody>;
export type Completed = z.infer<typeof uploadCompletedBody>;
export type Refused = z.infer<typeof errorBody>["error"];

/** The smallest chunk that there is. */
export const CHUNK = 5 * 2 ** 20;
const MAX_FILE = 64 * 2 ** 20;

/** Sets the limits as an operator does, in KV, before anybody has asked for them. */
export async function limitUploads(
  { api }: Stack,
  limits: object = { chunk_size: CHUNK, max_file_size: MAX_FILE },
): Promise<void> {
  const values = `${api}/cdn-cgi/local/explorer/api/storage/kv/namespaces/snapbyte-index-local/values`;
  const body = JSON.stringify(limits);
  const response = await ask(`${values}/settings%3Auploads`, { method: "PUT", body });
  if (!response.ok) throw new Error(`KV answered ${response.status}`);
}

/** Bytes that no two places of a file share, and no two files of other seeds. */
export function content(bytes: number, seed = 1): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(bytes / 4));
  for (let index = 0; index < words.length; index += 1) words[index] = Math.imul(index + seed * 7919, 2_654_435_761);
  return new Uint8Array(words.buffer, 0, bytes);
}

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

export const INIT = {
  ...{ file_name: "video.mp4", user_id: "user123", user_role: "creator", content_type: "video/mp4" },
} as const;

/** Begins an upload of so many bytes. */
export async function init(stack: Stack, total_size: number, more: object = {}): Promise<Begun> {
  const response = await manage(stack, "/api/upload/init", { body: { ...INIT, total_size, ...more } });
  if (response.status !== 200) throw new Error(`init answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Begun;
}

/** Sends the chunk of this index. */
export async function sendChunk(
  stack: Stack,
  { upload_id }: Pick<Begun, "upload_id">,
  index: number,
  bytes: Uint8Array<ArrayBuffer>,
  { key = stack.apiKey, ...headers }: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const fields = { Authorization: `Bearer ${key}`, "X-Upload-Id": upload_id, "X-Chunk-Index": String(index) };
  return await ask(`${stack.api}/api/upload/chunk`, { method: "PUT", body: bytes, headers: { ...fields, ...headers } });
}

export function chunkOf(file: Uint8Array<ArrayBuffer>, index: number): Uint8Array<ArrayBuffer> {
  return file.subarray(index * CHUNK, (index + 1) * CHUNK);
}

export async function statusOf(stack: Stack, { upload_id }: Pick<Begun, "upload_id">): Promise<Status> {
  return (await (await manage(stack, `/api/upload/${upload_id}/status`)).json()) as Status;
}

export async function complete(stack: Stack, { upload_id }: Pick<Begun, "upload_id">, more: object = {}) {
  return await manage(stack, "/api/upload/complete", { body: { upload_id, ...more } });
}

/** The error of an answer, as its code and its message. */
export async function refused(response: Response): Promise<Refused> {
  return ((await response.json()) as { readonly error: Refused }).error;
}

/** What the store has under a key of the demo tenant's; `null`: nothing. */
export async function storedFile({ api, tenant }: Stack, r2Key: string): Promise<Uint8Array | null> {
  const key = r2Key.split("/").map(encodeURIComponent).join("/");
  const address = `${api}/cdn-cgi/local/r2/public/snapbyte-objects-local/uploads/${tenant}/${key}`;
  const response = await ask(address);
  return response.status === 404 ? null : new Uint8Array(await response.arrayBuffer());
}
