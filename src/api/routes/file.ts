import { deliver } from "../../app/deliver.ts";
import { deliveryHeaders } from "../../core/http/delivery-headers.ts";
import type { Call } from "../methods.ts";
import { redirectTo } from "../redirect.ts";
import { clientAddress } from "../request-hints.ts";

/** `GET /f/TOKEN/name`: the bytes of a copy, or the way back to the origin. */
export async function fileRoute({ request, params, parts }: Call): Promise<Response> {
  const method = request.method === "HEAD" ? "HEAD" : "GET";
  const asked = {
    token: params.token ?? "",
    method,
    headers: request.headers,
    address: clientAddress(request),
  } as const;
  const delivery = await deliver(asked, parts);
  if (delivery.status === 302) return redirectTo(delivery.location, "snapbyte; fwd=miss");
  // The bytes go out as they lie in the store, under the Content-Encoding that they came with.
  return new Response(delivery.body, {
    status: delivery.status,
    headers: deliveryHeaders(delivery),
    encodeBody: "manual",
  });
}
