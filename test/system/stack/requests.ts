import type { Stack } from "../../../src/dev/stack.ts";
import { noteSignaturesOf } from "./signatures.ts";
import { until } from "./until.ts";

/**
 * The front door's address for an origin URL, whose signatures are noted: the stack may keep none of them. `extra`: more
 * parameters, such as `{ hash, site }`.
 */
export function proxyUrl({ api }: Stack, url: string, extra: Readonly<Record<string, string>> = {}): string {
  const more = Object.entries(extra).map(([name, value]) => `&${name}=${encodeURIComponent(value)}`);
  return `${api}/proxy?url=${encodeURIComponent(noteSignaturesOf(url))}${more.join("")}`;
}

/** Sends a request and follows no redirect. Asks for no compression: wrangler would do it, and not as the edge does. */
export async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (!headers.has("accept-encoding")) headers.set("accept-encoding", "identity");
  return await fetch(url, { redirect: "manual", ...init, headers });
}

export type ProxyInit = RequestInit & { readonly extra?: Readonly<Record<string, string>> };

export type ProxyAnswer = {
  readonly status: number;
  /** Empty where there is none. */
  readonly location: string;
  readonly cacheStatus: string;
  readonly headers: Headers;
  readonly body: string;
};

/** Asks the front door where a download goes. */
export async function askProxy(
  stack: Stack,
  url: string,
  { extra = {}, ...init }: ProxyInit = {},
): Promise<ProxyAnswer> {
  const response = await ask(proxyUrl(stack, url, extra), init);
  const { status, headers } = response;
  return {
    status,
    headers,
    location: headers.get("location") ?? "",
    cacheStatus: headers.get("cache-status") ?? "",
    body: await response.text(),
  };
}

/**
 * Asks until the answer is our copy, and returns that answer. On a busy machine a look-up may miss its time budget, and
 * then a download goes to the origin as it should: so a hit is never a matter of one request.
 */
export async function untilHit(stack: Stack, url: string, init: ProxyInit = {}): Promise<ProxyAnswer> {
  return await until(`${url.split("?")[0]} is a hit`, async () => {
    const answer = await askProxy(stack, url, init);
    return answer.cacheStatus === "snapbyte; hit" ? answer : null;
  });
}

/** A management call with the demo tenant's API key, or with another `key`; `body` goes as JSON. */
export async function manage(
  { api, apiKey }: Stack,
  path: string,
  { key = apiKey, body, ...init }: Omit<RequestInit, "body"> & { key?: string | null; body?: unknown } = {},
): Promise<Response> {
  const headers = new Headers(init.headers);
  if (key !== null) headers.set("authorization", `Bearer ${key}`);
  if (body !== undefined) headers.set("content-type", "application/json");
  return await ask(`${api}${path}`, {
    ...init,
    headers,
    ...(body !== undefined && { method: init.method ?? "POST", body: JSON.stringify(body) }),
  });
}

/** What belongs to a connection or to a moment, not to the answer. */
const PASSING = ["connection", "date", "keep-alive", "transfer-encoding"];

/** The headers that two answers to the same question share. */
export function lastingHeaders(headers: Headers): Record<string, string> {
  const kept = [...headers].filter(([name]) => !PASSING.includes(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, value.replace(/max-age=\d+/, "max-age=N")]));
}
