import * as z from "zod";
import { ACCESS_MODES, DELIVERY_MODES } from "../../core/tenant.ts";
import type { AccessSettings } from "../../ports/tenant-settings.ts";

/** CIDR blocks of one list: each is compared on every call. */
const MAX_NETWORKS = 100;
/** An IPv6 address with an IPv4 tail, and its prefix length. */
const MAX_NETWORK_LENGTH = 64;

const networks = z.array(z.string().max(MAX_NETWORK_LENGTH)).max(MAX_NETWORKS);
const fields = {
  access: z.enum(ACCESS_MODES).describe("How downloads prove access, where an origin does not say otherwise."),
  delivery: z.enum(DELIVERY_MODES).describe("How copies are handed over."),
  client_networks: networks.describe("CIDR blocks that may ask /proxy; none: everybody."),
  management_networks: networks.describe("CIDR blocks that management calls may come from; none: everywhere."),
};

export const accessBody = z.strictObject(fields).meta({ id: "AccessSettings" });

export const accessChange = z.strictObject(fields).partial().meta({ id: "AccessChange" });

/** The settings as the API shows them. */
export function accessToBody(settings: AccessSettings): z.infer<typeof accessBody> {
  const { access, delivery, clientNetworks, managementNetworks } = settings;
  return {
    access,
    delivery,
    client_networks: [...clientNetworks],
    management_networks: [...managementNetworks],
  };
}

/** What a body asks to be changed; what it does not name stays. */
export function accessFromBody(body: z.infer<typeof accessChange>): Partial<AccessSettings> {
  const { access, delivery, client_networks, management_networks } = body;
  return {
    ...(access && { access }),
    ...(delivery && { delivery }),
    ...(client_networks && { clientNetworks: client_networks }),
    ...(management_networks && { managementNetworks: management_networks }),
  };
}
