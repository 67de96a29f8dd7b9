import type { Call, ConsoleParts } from "./frame/call.ts";
import { readFlash } from "./frame/flash.ts";
import { hasFile, hearOut } from "./frame/hear-out.ts";
import { problemPage, showProblem } from "./frame/problem-page.tsx";
import { isOurs } from "./frame/security.ts";
import { serveAsset } from "./frame/serve-asset.ts";
import { readTheme } from "./frame/theme.ts";
import { HEARING_PATH } from "./payment.ts";
import { routes } from "./routes.ts";

/** Answers a request of a browser. */
export type Answer = (request: Request) => Promise<Response>;

const FOREIGN = {
  status: 403,
  title: "This did not come from our pages",
  text: "Another site has sent your browser here with a form. Nothing was changed.",
  again: false,
};

/** The console: what is told of payments, assets, then pages. Never rejects. */
export function consoleApp(parts: ConsoleParts): Answer {
  const answer = withBody(parts);
  return async (request) => {
    const response = await answer(request);
    // Somebody who is not signed in any more, for one, is sent elsewhere.
    if (request.body && !request.bodyUsed && hasFile(request) && isOurs(request)) await hearOut(request.body);
    return request.method === "HEAD" ? new Response(null, response) : response;
  };
}

function withBody(parts: ConsoleParts): Answer {
  const find = routes();
  return async (request) => {
    const url = new URL(request.url);
    if (url.pathname === HEARING_PATH && parts.payment) return await parts.payment.hear(request);
    const bare: Call = {
      ...{ request, url, params: {}, parts, now: parts.now(), person: null },
      theme: readTheme(request),
      flash: request.method === "GET" ? readFlash(request) : null,
    };
    let call = bare;
    try {
      const asset = await serveAsset(request, parts.built);
      if (asset) return asset;
      if (request.method === "POST" && !isOurs(request)) return showProblem(call, FOREIGN);
      const { person, cookies } = await parts.auth.who(request);
      call = { ...bare, person };
      return withCookies(await find(call), cookies);
    } catch (error) {
      return problemPage(call, error);
    }
  };
}

/** A cookie that the answer sets by itself, such as one that ends the session, counts. */
function withCookies(response: Response, cookies: readonly string[]): Response {
  const named = (cookie: string) => cookie.slice(0, cookie.indexOf("="));
  const set = new Set(response.headers.getSetCookie().map(named));
  for (const cookie of cookies) if (!set.has(named(cookie))) response.headers.append("Set-Cookie", cookie);
  return response;
}
