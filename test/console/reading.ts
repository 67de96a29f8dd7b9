/** What tests read of an answer. */

export async function textOf(response: Response): Promise<string> {
  return await response.text();
}

export function locationOf(response: Response): string {
  return response.headers.get("Location") ?? "";
}

export function cookiesOf(response: Response): string {
  return response.headers.getSetCookie().join("\n");
}

/** What was said of what was done: the flash, as the next page shows it. */
export function flashOf(response: Response): string {
  const value = /\bflash=([\w-]+)/.exec(cookiesOf(response))?.[1] ?? "";
  return Buffer.from(value, "base64url").toString("utf8");
}

/** The last body that the API got for a call. */
export function bodyOf(seen: readonly { method: string; path: string; body: unknown }[], call: string): unknown {
  return seen.findLast(({ method, path }) => `${method} ${path}` === call)?.body;
}
