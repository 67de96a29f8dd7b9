import { createHash } from "node:crypto";
import { assetTokenBody } from "../../../../src/api/schemas/asset-tokens.ts";
import { assetVersionBody } from "../../../../src/api/schemas/asset-versions.ts";
import { assetBody } from "../../../../src/api/schemas/assets.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { ask, manage } from "../../stack/requests.ts";
import { done } from "../settings/settings-calls.ts";

export const sha256 = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");
export const etagOf = (bytes: string | Uint8Array) => `"${sha256(bytes)}"`;

export type Upload = {
  readonly body: string | Uint8Array<ArrayBuffer> | FormData | ReadableStream;
  readonly query?: string;
  readonly type?: string;
  readonly key?: string;
};

/** Sends a file as it is, as curl does with `--data-binary` or `-F`. */
export async function send(stack: Stack, method: string, path: string, { body, type, key }: Upload): Promise<Response> {
  const headers = { authorization: `Bearer ${key ?? stack.apiKey}`, ...(type && { "content-type": type }) };
  const streams = body instanceof ReadableStream ? { duplex: "half" } : {};
  return await ask(`${stack.api}${path}`, { method, headers, body, ...streams } as RequestInit);
}

/** An asset of these bytes; public, unless the query says otherwise. */
export async function uploaded(
  stack: Stack,
  body: Upload["body"],
  { query = "filename=a.txt&is_public=true", type = "text/plain", ...more }: Partial<Upload> = {},
) {
  const response = await send(stack, "POST", `/assets/upload?${query}`, { body, type, ...more });
  if (response.status !== 201) throw new Error(`the upload was answered ${response.status}: ${await response.text()}`);
  return assetBody.parse(await response.json());
}

/** The asset with another content. */
export async function replaced(stack: Stack, id: string, body: Upload["body"], type = "text/plain") {
  const response = await send(stack, "PUT", `/assets/${id}/content`, { body, type });
  if (response.status !== 200) throw new Error(`the content was answered ${response.status}: ${await response.text()}`);
  return assetBody.parse(await response.json());
}

export async function published(stack: Stack, id: string) {
  return assetVersionBody.parse(await done(stack, "POST", `/assets/${id}/publish`));
}

export async function token(stack: Stack, id: string, wish: unknown = {}) {
  return assetTokenBody.parse(await done(stack, "POST", `/assets/${id}/access-token`, wish));
}

/** Status and text of a download. */
export async function download(
  stack: Stack,
  path: string,
  headers: Record<string, string> = {},
): Promise<readonly [number, string]> {
  const response = await ask(`${stack.api}${path}`, { headers });
  return [response.status, await response.text()];
}

/** Status and code of a call that is refused. */
export async function refused(answer: Promise<Response>): Promise<readonly [number, string]> {
  const response = await answer;
  const { error } = (await response.json()) as { error: { code: string } };
  return [response.status, error.code];
}

export { ask, manage };
