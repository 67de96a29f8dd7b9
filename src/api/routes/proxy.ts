import type { PassWish } from "../../app/pass-wish.ts";
import { sendDownload } from "../../app/send-download.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { hostOfUrl } from "../../core/hosts/host-of-url.ts";
import { withCors } from "../../core/http/cors.ts";
import { passedHeaders } from "../../core/http/passed-headers.ts";
import { displayOn } from "../../core/http/safety-headers.ts";
import { type ProxyQuery, parseProxyQuery, readRawForm } from "../../core/proxy-query.ts";
import { keepHot } from "../hot-path.ts";
import type { Call } from "../methods.ts";
import { redirectTo } from "../redirect.ts";
import { clientAddress, hostOf, rawQuery } from "../request-hints.ts";
import { originOf } from "../request-path.ts";

/** `GET /proxy?url=&hash=&site=`: a redirect to our copy or to the origin, never an error of ours for a good URL. */
export async function proxyRoute(call: Call): Promise<Response> {
  const { url } = call.request;
  return await answer(call, url, parseProxyQuery(rawQuery(url)));
}

/** `GET /proxy/https://host/path?…`: the same for those who cannot encode. */
export async function rawProxyRoute(call: Call): Promise<Response> {
  const { url: asked } = call.request;
  const url = readRawForm(asked);
  if (url === null) throw new SnapbyteError("NOT_FOUND");
  return await answer(call, asked, { url, hash: null, site: null, signature: null });
}

/** `url`: the request's own, which the runtime makes anew whenever it is asked for it. */
async function answer(call: Call, url: string, query: ProxyQuery): Promise<Response> {
  const { request, requestId, parts } = call;
  const method = request.method === "HEAD" ? "HEAD" : "GET";
  const [host, address] = [hostOfUrl(url), clientAddress(request)];
  const field = (name: string) => request.headers.get(name);
  const asOf = parts.hits.asOf();
  const { tenant, redirect } = await sendDownload({ query, method, host, address, requestId, field }, parts);
  const { location, cacheStatus, pass, again, event } = redirect;
  const passed = pass && (await passOn(pass, cacheStatus, call));
  if (passed) return passed;
  // A reference from the root is ours: the edge link of the host that was asked.
  const absolute = location.startsWith("/") ? originOf(url) + location : location;
  const redirection = { location: absolute, cacheStatus };
  if (again) keepHot(request, url, { ...redirection, again, asOf, event }, tenant, parts);
  return redirectTo(request, redirection, tenant.serving.cors);
}

/** The origin's bytes, on their way through; `null`: the client is sent there. */
async function passOn(wish: PassWish, cacheStatus: string, { request, parts }: Call): Promise<Response | null> {
  // Most tenants' downloads never need it, and a Worker must start fast.
  const { passThrough } = await import("../../app/pass-through.ts");
  const passed = await passThrough(wish, parts);
  if (!passed) return null;
  const fields = passedHeaders(passed.answer, cacheStatus, displayOn(hostOf(request), wish.tenant));
  const headers = withCors(fields, wish.tenant.serving.cors, request.headers.get("Origin"));
  return new Response(passed.body, { status: passed.answer.status, headers, encodeBody: "manual" });
}
