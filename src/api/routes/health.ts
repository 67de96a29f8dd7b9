import { health } from "../../app/health.ts";
import type { ManagementCall } from "../management.ts";

/**
 * `GET /health`: the state of each dependency. Always 200: whatever of ours is down, `/proxy` still redirects, and a
 * monitor that took us out of rotation would break what works.
 */
export async function healthRoute({ parts }: ManagementCall): Promise<Response> {
  return Response.json(await health(parts), { headers: { "Cache-Control": "no-store" } });
}
