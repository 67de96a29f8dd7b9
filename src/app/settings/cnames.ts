import { SnapbyteError } from "../../core/errors.ts";
import { parseRawUrl } from "../../core/origin-url/raw-url.ts";
import { readBucket } from "../../core/origin-url/read-bucket.ts";
import { isPrivateHost } from "../../core/origins/private-host.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { StoredCname } from "../../ports/tenant-settings.ts";
import { ask, change, MAX_SETTINGS_OF_A_KIND, possibleName, type SettingsParts } from "./change.ts";

/** Characters of a host name (RFC 1035 section 2.3.4, as text). */
const MAX_HOST_LENGTH = 253;

/** The host names that the tenant has declared to stand for a bucket. */
export async function listCnames(tenant: TenantId, parts: SettingsParts): Promise<readonly StoredCname[]> {
  return await ask(parts.settings.cnames(tenant), parts);
}

/**
 * Declares that `host` stands for the bucket that `bucketUrl` names: from here on the same object behind both is one
 * entry. `local`: local development, where private hosts may be declared. Throws 400 for what is no host name of the
 * tenant's or no bucket of a store that we know, 409 when the host is declared already or there is no room.
 */
export async function addCname(
  tenant: TenantId,
  { host, bucketUrl }: { host: string; bucketUrl: string },
  local: boolean,
  parts: SettingsParts,
): Promise<StoredCname> {
  const name = checkHost(host, local);
  const bucket = readBucket(bucketUrl);
  if (bucket === null) {
    throw new SnapbyteError("INVALID_FIELD", "bucket_url must be the address of a bucket at a store that we know.");
  }
  const { length } = await listCnames(tenant, parts);
  if (length >= MAX_SETTINGS_OF_A_KIND) throw new SnapbyteError("LIMIT_REACHED");
  const added = await change(tenant, parts.settings.addCname(tenant, { host: name, bucket }), parts);
  if (!added) throw new SnapbyteError("ALREADY_EXISTS");
  return added;
}

/** From here on the host's objects are its own. Returns the host as it was kept; throws 404 when it was not declared. */
export async function removeCname(tenant: TenantId, host: string, parts: SettingsParts): Promise<string> {
  const name = possibleName(host.toLowerCase());
  if (!(await change(tenant, parts.settings.removeCname(tenant, name), parts))) throw new SnapbyteError("NOT_FOUND");
  return name;
}

function checkHost(host: string, local: boolean): string {
  const refuse = (why: string) => new SnapbyteError("INVALID_FIELD", `host ${why}.`);
  const name = host.toLowerCase();
  const url = parseRawUrl(`https://${name}`);
  if (typeof url === "string" || url.host !== name || name.length > MAX_HOST_LENGTH) {
    throw refuse("must be a host name, such as cdn.example.com");
  }
  if (!local && isPrivateHost(name)) throw refuse("must be a public host name");
  // The store's own word on which bucket that is cannot be overruled.
  if (readBucket(`https://${name}/bucket/key`) !== null) throw refuse("is an endpoint of a store itself");
  return name;
}
