import type { z } from "zod";
import { SnapbyteError } from "../core/errors.ts";

/** The value in the schema's shape. Throws 400 naming the first field that is not. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.map(String).join(".") ?? "";
  // A choice that is not made is an invalid value to zod.
  const isLacking = issue?.code === "invalid_type" || issue?.code === "invalid_value";
  const absent = isLacking && valueAt(value, issue.path) === undefined;
  if (absent && field) throw new SnapbyteError("MISSING_FIELD", `${field} is required.`);
  throw new SnapbyteError("INVALID_FIELD", `${field || "The request"}: ${issue?.message ?? "is not valid"}.`);
}

/** The body as JSON. Throws 413 past `limit` bytes, 400 when it is no JSON. */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  if (Number(request.headers.get("Content-Length") ?? 0) > limit) throw new SnapbyteError("BODY_TOO_LARGE");
  const bytes = await readAtMost(request, limit);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch {
    throw new SnapbyteError("INVALID_JSON");
  }
}

async function readAtMost(request: Request, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > limit) throw new SnapbyteError("BODY_TOO_LARGE");
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key], value);
}
