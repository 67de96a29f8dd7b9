import type { ManagementCall } from "../management.ts";
import { describeApi } from "../openapi.ts";

/** `GET /openapi.json`: the API described from the schemas that check it. */
export async function openApiRoute({ request }: ManagementCall): Promise<Response> {
  return Response.json(describeApi(new URL(request.url).origin), {
    headers: { "Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*" },
  });
}
