import { endpointOf } from "../origin-url/endpoints.ts";
import type { BucketCname } from "../tenant.ts";
import type { Provider } from "./origin-tariff.ts";
import { tariffId } from "./origin-tariffs.ts";

/** A price table for an origin that nobody has chosen one for. */
export type Suggestion = {
  readonly id: string;
  /** Whether the host tells all that the price depends on; else it is the most usual table of its provider. */
  readonly certain: boolean;
};

const REGION = /[.-]([a-z]{2}(?:-[a-z]+)+-\d+)\.amazonaws\.com$/;

/** What a host tells of its prices, `*.` before it or not; `null`: it is no provider's whose prices we have. */
export function tariffOfHost(host: string, cnames: readonly BucketCname[]): Suggestion | null {
  if (host.endsWith(".cloudfront.net")) return suggest("cloudfront", null, false);
  const endpoint = endpointOf(host, cnames);
  if (!endpoint) return null;
  if (endpoint.store === "gs") return suggest("gcs", null, false);
  // Other clouds of Azure's stand behind an @, and have prices of their own.
  if (endpoint.store === "az") return endpoint.namespace.includes("@") ? null : suggest("azure", null, false);
  if (endpoint.namespace.endsWith(".r2.cloudflarestorage.com")) return suggest("r2", null, true);
  if (endpoint.namespace !== "aws" || host.includes(".s3-accelerate.")) return null;
  const [, region = null] = REGION.exec(host) ?? [];
  return suggest("s3", region, region !== null);
}

function suggest(provider: Provider, region: string | null, certain: boolean): Suggestion | null {
  const id = tariffId(provider, region);
  return id === null ? null : { id, certain };
}
