import { ORIGIN_TARIFFS } from "../../core/pricing/origin-tariffs.ts";
import { PLATFORM_TARIFFS } from "../../core/pricing/platform-tariffs.ts";
import { answer, type ManagementCall, tenantOf } from "../management.ts";
import { originTariffToBody, platformTariffToBody } from "../schemas/prices.ts";

/** `GET /prices`: the price tables that traffic is put into money by, and where they come from. */
export async function pricesRoute(call: ManagementCall): Promise<Response> {
  await tenantOf(call, "settings:read");
  return answer({
    origins: ORIGIN_TARIFFS.map(originTariffToBody),
    platform: PLATFORM_TARIFFS.map(platformTariffToBody),
  });
}
