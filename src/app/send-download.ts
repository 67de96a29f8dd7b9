import { bearerApiKey } from "../core/api-key.ts";
import type { ProxyQuery } from "../core/proxy-query.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Clock } from "../ports/clock.ts";
import type { UsageSink } from "../ports/usage-sink.ts";
import { admitLink, admitNetwork, type SignedFor } from "./admit.ts";
import { type AuthenticateParts, isTrusted } from "./authenticate.ts";
import { findTenant } from "./find-tenant.ts";
import { readSource } from "./read-source.ts";
import { type Redirect, type ResolveParts, resolve } from "./resolve.ts";
import { resolveKey } from "./resolve-key.ts";
import { noneAside, standAside } from "./stand-aside.ts";
import { countRefusal } from "./usage/count-refusal.ts";

/** A request to `/proxy`. */
export type Download = {
  readonly query: ProxyQuery;
  readonly method: "GET" | "HEAD";
  readonly host: string;
  /** The client's IP address; `null`: not known. */
  readonly address: string | null;
  readonly requestId: string;
  /** The value of a request's field, or `null`. */
  readonly field: (name: string) => string | null;
};

export type SendParts = ResolveParts &
  AuthenticateParts & { readonly clock: Clock; readonly local: boolean; readonly usage: UsageSink };

/** Where a download goes, and whose it is. Throws 400, 403 and 404 for what no redirect could mend, 503 without a tenant. */
export async function sendDownload(
  download: Download,
  parts: SendParts,
): Promise<{ readonly tenant: Tenant; readonly redirect: Redirect }> {
  const { query, host, address } = download;
  const tenant = await findTenant({ host, site: query.site }, parts.defaultSite, parts.directory, parts.report);
  try {
    admitNetwork(tenant.clientNetworks, address);
    const signed = query.signature && (await admitLink(query, tenant, address, parts));
    const redirect = await target(download, tenant, signed, parts);
    parts.usage.record(redirect.event);
    return { tenant, redirect };
  } catch (error) {
    countRefusal(error, tenant.id, parts.usage);
    throw error;
  }
}

async function target(
  download: Download,
  tenant: Tenant,
  signed: SignedFor | null,
  parts: SendParts,
): Promise<Redirect> {
  const { query, method, requestId, field } = download;
  if (tenant.standing !== "good") {
    if (query.url === null) throw noneAside(tenant.standing);
    return standAside(await readSource(tenant, query.url, query.hash, parts.local), tenant.standing);
  }
  const authorization = field("Authorization");
  const known = authorization !== null && (await isTrusted(authorization, tenant, parts));
  if (query.url !== null) {
    const source = await readSource(tenant, query.url, query.hash, parts.local);
    const trusted = known || signed?.whole === true;
    const credentialed = authorization !== null && bearerApiKey(authorization) === null;
    const passing = passable(download, tenant);
    return await resolve({ tenant, source, trusted, signed, method, requestId, credentialed, passing }, parts);
  }
  const trusted = known || signed !== null;
  return await resolveKey({ tenant, key: query.hash ?? "", trusted, signed, method }, parts.local, parts);
}

/** A condition is on a copy that the client has of what the origin sent before: that is the origin's to judge. */
const CONDITIONS = ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range"];

function passable({ method, field }: Download, { serving, fill }: Tenant): { range: string | null } | null {
  if (method !== "GET" || fill.mode === "redirect") return null;
  if (CONDITIONS.some((name) => field(name) !== null)) return null;
  // Where the tenant says nothing of other origins' pages, the origin may.
  if (field("Origin") !== null && serving.cors === null) return null;
  return { range: field("Range") };
}
