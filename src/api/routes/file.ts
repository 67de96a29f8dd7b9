import { deliver } from "../../app/deliver.ts";
import { hostTenant } from "../../app/which-host.ts";
import { withCors } from "../../core/http/cors.ts";
import { deliveryHeaders } from "../../core/http/delivery-headers.ts";
import type { Call } from "../methods.ts";
import { redirectTo } from "../redirect.ts";
import { acceptEncoding, clientAddress, hostOf } from "../request-hints.ts";

/** `GET /f/TOKEN/name`: the bytes of a copy, or the way back to the origin. */
export async function fileRoute({ request, params, parts }: Call): Promise<Response> {
  const host = hostOf(request);
  const delivery = await deliver(
    {
      token: params.token ?? "",
      method: request.method === "HEAD" ? "HEAD" : "GET",
      headers: request.headers,
      acceptEncoding: acceptEncoding(request),
      host,
      hostTenant: await hostTenant(host, parts),
      address: clientAddress(request),
    },
    parts,
  );
  const { cors } = delivery;
  if ("location" in delivery) {
    return redirectTo(request, { location: delivery.location, cacheStatus: "snapbyte; fwd=miss" }, cors);
  }
  const { plan, terms, body } = delivery;
  // The bytes go out as they lie in the store, under the Content-Encoding that they came with.
  return new Response(body, {
    status: plan.status,
    headers: withCors(deliveryHeaders(plan, terms), cors, request.headers.get("Origin")),
    encodeBody: "manual",
  });
}
