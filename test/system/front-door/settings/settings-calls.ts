import type { Stack } from "../../../../src/dev/stack.ts";
import { manage } from "../../stack/requests.ts";

/** Who calls: the demo tenant, the other one, or the operator (whose calls name a site). */
export type Who = { readonly key?: string | null; readonly headers?: Readonly<Record<string, string>> };

export type SettingsAnswer = { readonly status: number; readonly body: Record<string, unknown>; readonly text: string };

/** A management call of settings, with its answer read; every answer of these is JSON that nobody may keep. */
export async function call(
  stack: Stack,
  method: string,
  path: string,
  body?: unknown,
  who: Who = {},
): Promise<SettingsAnswer> {
  const response = await manage(stack, path, { method, ...who, ...(body !== undefined && { body }) });
  const text = await response.text();
  if (response.headers.get("cache-control") !== "no-store") {
    throw new Error(`${method} ${path} may be kept: ${response.status} ${text.slice(0, 500)}`);
  }
  return { status: response.status, body: JSON.parse(text) as Record<string, unknown>, text };
}

/** The same, for what must go well. */
export async function done(...args: Parameters<typeof call>): Promise<Record<string, unknown>> {
  const { status, body, text } = await call(...args);
  if (status >= 300) throw new Error(`${args[1]} ${args[2]} answered ${status}: ${text}`);
  return body;
}

/** Status and code of an answer that says no. */
export function refusal({ status, body }: SettingsAnswer): { status: number; code?: string; message?: string } {
  return { status, ...(body.error as { code: string; message: string } | undefined) };
}

/** The tenant whose copies are delivered by presigned URLs. */
export function asOther({ presigned }: Stack): Who {
  return { key: presigned.apiKey };
}

export function asOperator({ adminKey }: Stack): Who {
  return { key: adminKey };
}
