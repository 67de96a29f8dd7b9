import { AUTH_PATH, type Auth } from "./make-auth.ts";

/** Where links in mails lead: they are opened by a browser, not by a page of ours. */
const LINKS = [/^\/verify-email$/, /^\/reset-password\/[\w-]{1,128}$/];

/**
 * Answers a link of a mail, which redirects to a page of ours; `null`: the request is for something else. Nothing else of
 * better-auth's is open to the world: all that a person does there is done by a page, through `callAuth`.
 */
export async function answerMailLink(auth: Pick<Auth, "handler">, request: Request): Promise<Response | null> {
  const { pathname } = new URL(request.url);
  if (request.method !== "GET" || !pathname.startsWith(`${AUTH_PATH}/`)) return null;
  const path = pathname.slice(AUTH_PATH.length);
  return LINKS.some((link) => link.test(path)) ? await auth.handler(request) : null;
}
