import { optionalText, parsed, type RawSettings, text } from "../settings.ts";
import { readZone, type ZoneAccess } from "../zone-settings.ts";
import { type DeploymentHosts, parseHostList } from "./deployment-hosts.ts";

/**
 * The deployment's own hosts, of the settings API_HOSTS and DELIVERY_HOSTS (lists, with commas) and CF_SAAS_TARGET (one
 * name). Throws MISCONFIGURED, naming the setting that holds something else.
 */
export function readDeploymentHosts(raw: RawSettings): DeploymentHosts {
  return { api: list(raw, "API_HOSTS"), delivery: list(raw, "DELIVERY_HOSTS"), target: name(raw, "CF_SAAS_TARGET") };
}

/** A zone with Cloudflare for SaaS, and the name to which tenants point their hosts. */
export type SaasZone = ZoneAccess & { readonly target: string };

/** `null`: CF_SAAS_TARGET is not set. Throws MISCONFIGURED when it is, without a zone. */
export function readSaas(raw: RawSettings): SaasZone | null {
  const target = name(raw, "CF_SAAS_TARGET");
  if (target === null) return null;
  text(raw, "CF_ZONE_ID");
  const zone = readZone(raw);
  return zone && { ...zone, target };
}

function list(raw: RawSettings, setting: string): ReadonlySet<string> | null {
  return optionalText(raw, setting) === null ? null : parsed(raw, setting, parseHostList);
}

function name(raw: RawSettings, setting: string): string | null {
  const [only = null, ...more] = list(raw, setting) ?? [];
  return more.length === 0 ? only : parsed(raw, setting, () => null);
}
