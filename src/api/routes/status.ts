import { systemStatus } from "../../app/system-status.ts";
import { answer, type ManagementCall, operatorOf } from "../management.ts";
import { statusToBody } from "../schemas/status.ts";

/** `GET /status`: what is under way, and what is wrong with it, for operators. Each dependency is at `GET /health`. */
export async function statusRoute(call: ManagementCall): Promise<Response> {
  await operatorOf(call);
  return answer(statusToBody(await systemStatus(call.parts)));
}
