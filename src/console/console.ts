import type { Call, ConsoleParts } from "./frame/call.ts";
import { readFlash } from "./frame/flash.ts";
import { problemPage, showProblem } from "./frame/problem-page.tsx";
import { isOurs, securityHeaders } from "./frame/security.ts";
import { serveAsset } from "./frame/serve-asset.ts";
import { readTheme } from "./frame/theme.ts";
import { routes } from "./routes.ts";

/** Answers a request of a browser. */
export type Answer = (request: Request) => Promise<Response>;

const FOREIGN = {
  status: 403,
  title: "This did not come from our pages",
  text: "Another site has sent your browser here with a form. Nothing was changed.",
  again: false,
};

/** The console: assets, the library's own endpoints of sign-in, then pages. Never rejects. */
export function consoleApp(parts: ConsoleParts): Answer {
  const answer = withBody(parts);
  return async (request) => {
    const response = await answer(request);
    return request.method === "HEAD" ? new Response(null, response) : response;
  };
}

function withBody(parts: ConsoleParts): Answer {
  const find = routes();
  return async (request) => {
    const url = new URL(request.url);
    const bare: Call = {
      ...{ request, url, params: {}, parts, now: parts.now(), person: null },
      theme: readTheme(request),
      flash: request.method === "GET" ? readFlash(request) : null,
    };
    let call = bare;
    try {
      const asset = await serveAsset(request, parts.built);
      if (asset) return asset;
      if (url.pathname.startsWith("/auth/")) {
        const response = await parts.auth.handle(request);
        if (response) return withHeaders(response, url);
      }
      if (request.method === "POST" && !isOurs(request)) return showProblem(call, FOREIGN);
      call = { ...bare, person: await parts.auth.who(request) };
      return await find(call);
    } catch (error) {
      return problemPage(call, error);
    }
  };
}

function withHeaders(response: Response, url: URL): Response {
  const copy = new Response(response.body, response);
  for (const [name, value] of Object.entries(securityHeaders(url))) copy.headers.set(name, value);
  return copy;
}
