import { AUTH_PATH, type Auth } from "./make-auth.ts";

/** What better-auth judges a request by: whose it is, which page sent it, and from where. */
const PASSED = ["cookie", "origin", "referer", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "user-agent"];
const PLACE = "cf-connecting-ip";

/** Calls that do more where an address has an account, or where it has none. */
const TELLING = new Set(["/sign-up/email", "/request-password-reset", "/send-verification-email"]);
/** How long such a call takes at least, in ms: more than all that it may do. */
export const TELLING_MS = 1_000;

/** Sign-in, and how a pause is made. */
export type CallParts = {
  readonly auth: Pick<Auth, "handler"> & { readonly options: { readonly baseURL?: unknown } };
  readonly pause?: (ms: number) => Promise<void>;
};

/**
 * Makes a call of better-auth, such as `/sign-in/email`, in the name of a person's request to a page: its handler checks
 * where the form came from and counts tries. Its cookies are in the answer (`Set-Cookie`), to be handed on. `body`: a call
 * that changes something; without one it only asks. How long it takes does not tell whether an address has an account.
 */
export async function callAuth(
  { auth, pause = timer }: CallParts,
  request: Request,
  path: string,
  body?: Readonly<Record<string, unknown>>,
): Promise<Response> {
  const headers = new Headers();
  for (const name of [...PASSED, PLACE]) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const url = `${auth.options.baseURL}${AUTH_PATH}${path}`;
  if (body === undefined) return await auth.handler(new Request(url, { headers }));
  headers.set("content-type", "application/json");
  const call = auth.handler(new Request(url, { method: "POST", headers, body: JSON.stringify(body) }));
  const [answer] = await Promise.all([call, TELLING.has(path) ? pause(TELLING_MS) : null]);
  return answer;
}

/** The cookies that an answer sets, to be put into another: each is a field of its own. */
export function cookiesOf(answer: Response): readonly string[] {
  return answer.headers.getSetCookie();
}

async function timer(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
