import { SnapbyteError } from "../../core/errors.ts";
import { type IdentifyParts, type Identity, identify } from "./identify.ts";

/**
 * Who calls, where that is an operator, or, with `orService`, the console itself. Throws 401 for nobody, 403 for anybody
 * else.
 */
export async function admitOperator(
  authorization: string | null,
  address: string | null,
  parts: IdentifyParts,
  { orService = false } = {},
): Promise<Identity> {
  const identity = await identify(authorization, address, parts);
  if (!identity.isOperator && !(orService && identity.isService))
    throw new SnapbyteError("INSUFFICIENT_SCOPE", "Only an operator may do this.");
  return identity;
}

/**
 * Who calls to make a tenant: an operator for whomever, or a person for themselves, who speaks for no tenant yet. Throws
 * 401 for nobody, 403 for a tenant's key and for who speaks for a tenant.
 */
export async function admitFounder(
  authorization: string | null,
  address: string | null,
  parts: IdentifyParts,
): Promise<Identity> {
  const identity = await identify(authorization, address, parts);
  const isFounder = identity.who.by === "person" && identity.tenant === null && !identity.isService;
  if (identity.isOperator || isFounder) return identity;
  throw new SnapbyteError("INSUFFICIENT_SCOPE", "Only an operator, or a person for themselves, may make a tenant.");
}

/** Who calls, where that is the console itself, in nobody's name. Throws 401 for nobody, 403 for anybody else. */
export async function admitService(
  authorization: string | null,
  address: string | null,
  parts: IdentifyParts,
): Promise<Identity> {
  const identity = await identify(authorization, address, parts);
  if (!identity.isService) throw new SnapbyteError("INSUFFICIENT_SCOPE", "Only the console itself may do this.");
  return identity;
}
