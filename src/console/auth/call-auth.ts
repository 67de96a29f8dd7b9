import { AUTH_PATH, type Auth } from "./make-auth.ts";

/** What better-auth judges a request by: whose it is, which page sent it, and from where. */
const PASSED = [
  "cookie",
  "origin",
  "referer",
  "sec-fetch-site",
  "sec-fetch-mode",
  "sec-fetch-dest",
  "user-agent",
  "cf-connecting-ip",
];

/**
 * Makes a call of better-auth, such as `/sign-in/email`, in the name of a person's request to a page: its handler checks
 * where the form came from and counts tries. Its cookies are in the answer (`Set-Cookie`), to be handed on. `body`: a call
 * that changes something; without one it only asks.
 */
export async function callAuth(
  auth: Pick<Auth, "handler"> & { readonly options: { readonly baseURL?: unknown } },
  request: Request,
  path: string,
  body?: Readonly<Record<string, unknown>>,
): Promise<Response> {
  const headers = new Headers();
  for (const name of PASSED) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const url = `${auth.options.baseURL}${AUTH_PATH}${path}`;
  if (body === undefined) return await auth.handler(new Request(url, { headers }));
  headers.set("content-type", "application/json");
  return await auth.handler(new Request(url, { method: "POST", headers, body: JSON.stringify(body) }));
}

/** The cookies that an answer sets, to be put into another: each is a field of its own. */
export function cookiesOf(answer: Response): readonly string[] {
  return answer.headers.getSetCookie();
}
