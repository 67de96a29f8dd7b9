import type { VNode } from "preact";
import { render } from "preact-render-to-string";
import type { Call } from "./call.ts";
import { forgetFlash } from "./flash.ts";
import { securityHeaders } from "./security.ts";

export type AnswerOptions = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
};

/** A page. Nobody but this person's browser keeps it, and that asks anew; what is about a person is not kept at all. */
export function page(call: Call, document: VNode, options: AnswerOptions = {}): Response {
  const cookies = [...(call.flash ? [forgetFlash(call.url)] : []), ...(options.cookies ?? [])];
  return answer(call, `<!doctype html>${render(document)}`, {
    ...options,
    cookies,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": call.person ? "no-store" : "private, no-cache",
      Vary: "Cookie",
      ...options.headers,
    },
  });
}

/** On to a page of ours, to be asked for with GET. */
export function goTo(call: Pick<Call, "url">, path: string, cookies: readonly string[] = []): Response {
  return answer(call, null, { status: 303, headers: { Location: path, "Cache-Control": "no-store" }, cookies });
}

/** Any other answer of ours. */
export function answer(call: Pick<Call, "url">, body: BodyInit | null, options: AnswerOptions = {}): Response {
  const headers = new Headers({ ...securityHeaders(call.url), ...options.headers });
  for (const cookie of options.cookies ?? []) headers.append("Set-Cookie", cookie);
  return new Response(body, { status: options.status ?? 200, headers });
}
