import { SnapbyteError } from "../../core/errors.ts";
import { isRefusedAside } from "../../core/plans/refusal.ts";
import type { Tenant } from "../../core/tenant.ts";
import {
  isSignedBy,
  isUploadToken,
  readUploadToken,
  tokenDigest,
  type UploadGrant,
} from "../../core/uploads/upload-token.ts";
import type { Clock } from "../../ports/clock.ts";
import type { TenantDirectory } from "../../ports/directory.ts";
import type { RateLimit } from "../../ports/rate-limit.ts";
import type { Report } from "../in-background.ts";
import { admitOften } from "../people/admit-often.ts";
import { refusal } from "../people/managed.ts";
import { reach } from "../reach.ts";
import type { TenantSecrets } from "../tenant-secrets.ts";

/** Whoever shows a token, and what for. */
export type TokenHolder = {
  readonly tenant: Tenant;
  readonly grant: UploadGrant;
  /** SHA-256 of the token in hex. */
  readonly digest: string;
};

export type FindHolderParts = {
  readonly directory: Pick<TenantDirectory, "find">;
  readonly secrets: Pick<TenantSecrets, "linkKey">;
  readonly report: Report;
};

export type AdmitTokenParts = { readonly callerLimit: RateLimit; readonly clock: Clock; readonly report: Report };

/**
 * Who holds the upload token of this Authorization field; `null`: it holds none. Throws 401 for one that nobody has signed,
 * 503 when nobody could say. Whether its time is over is not looked at: it opens what it has begun for as long as that lasts.
 */
export async function findHolder(authorization: string | null, parts: FindHolderParts): Promise<TokenHolder | null> {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? "";
  if (!isUploadToken(token)) return null;
  const shown = readUploadToken(token);
  if (!shown) throw new SnapbyteError("UNAUTHORIZED");
  const { site, kid } = shown.grant;
  const tenant = await reach("accounts", parts.directory.find({ by: "site", value: site }), parts.report);
  const key = tenant && (await reach("secrets", parts.secrets.linkKey(tenant, kid), parts.report));
  if (!tenant || !key || !isSignedBy(shown, key)) throw new SnapbyteError("UNAUTHORIZED");
  return { tenant, grant: shown.grant, digest: tokenDigest(token) };
}

/** Throws 429 for a token that is shown too often, 403 where the tenant is suspended. Its page may read both. */
export async function admitHolder({ tenant, digest }: TokenHolder, parts: AdmitTokenParts): Promise<void> {
  await admitOften(parts.callerLimit, `upload:${digest}`, parts);
  if (tenant.standing !== "good" && isRefusedAside(tenant.standing, "uploads:*")) throw refusal(tenant.standing);
}
