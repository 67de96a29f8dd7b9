import { hashAccessToken, isOpen } from "../../core/assets/access-token.ts";
import type { AssetDoor } from "../../core/assets/cache-rules.ts";
import { SnapbyteError } from "../../core/errors.ts";
import type { Asked } from "../../core/http/plan-answer.ts";
import { displayOn } from "../../core/http/safety-headers.ts";
import { type CorsSettings, PLAIN_SERVING, type Tenant, type TenantId } from "../../core/tenant.ts";
import type { AssetTokens } from "../../ports/asset-tokens.ts";
import type { AssetDelivery } from "../../ports/assets.ts";
import type { Served } from "../deliver.ts";
import { type LinkTenantParts, linkTenant } from "../link-tenant.ts";
import { reach } from "../reach.ts";
import { type CountDeliveryParts, countedDelivery } from "../usage/count-delivery.ts";
import { bringsBytes, planContent, type ServeContentParts, type Shown, serveContent } from "./serve-content.ts";

export type DownloadAssetParts = ServeContentParts &
  CountDeliveryParts &
  LinkTenantParts & {
    readonly assets: AssetDelivery & Pick<AssetTokens, "findToken" | "takeDownload">;
  };

export type AssetRequest = Asked & {
  /** Host name that was asked, and whose it is; `null`: no tenant's own. */
  readonly host: string;
  readonly hostTenant: Tenant | null;
};

/** An answer, whose asset it is of, and which pages may read it by script. */
export type AssetAnswer = Served & { readonly asset: string; readonly cors: CorsSettings | null };

/** A public asset as it is now. Throws 404 for a private one as for none, 402 and 403 where its tenant stands aside. */
export async function downloadAsset(
  id: string,
  request: AssetRequest,
  parts: DownloadAssetParts,
): Promise<AssetAnswer> {
  const asset = await reach("assets", parts.assets.findAsset(id), parts.report);
  if (!asset?.isPublic || !isOnHost(asset, request)) throw new SnapbyteError("NOT_FOUND");
  return await answer({ ...asset, asset: asset.id, since: asset.contentSince }, request, "current", parts);
}

/** What was published, for as long as the asset is there and was not made private since. Throws as {@link downloadAsset}. */
export async function downloadVersion(
  id: string,
  request: AssetRequest,
  parts: DownloadAssetParts,
): Promise<AssetAnswer> {
  const version = await reach("assets", parts.assets.findVersion(id), parts.report);
  if (!version?.isPublic || !isOnHost(version, request)) throw new SnapbyteError("NOT_FOUND");
  return await answer({ ...version, since: version.publishedAt }, request, "version", parts);
}

/**
 * An asset as it is now, by a token. Each answer with bytes counts as a download, a part of them as much as the whole: else
 * two parts would be one more than allowed. HEAD, 304, 412 and 416 bring none. Throws 403 for a token that is unknown,
 * revoked, expired or used up, all alike and after one look at the rows.
 */
export async function downloadByToken(
  token: string,
  request: AssetRequest,
  parts: DownloadAssetParts,
): Promise<AssetAnswer> {
  const { assets, clock, report } = parts;
  const hash = hashAccessToken(token);
  const now = clock.now();
  const found = await reach("assets", assets.findToken(hash), report);
  if (!found || !isOpen(found.token, now) || !isOnHost(found.asset, request)) throw new SnapbyteError("TOKEN_INVALID");
  const { asset } = found;
  const admit = async () => {
    if (!(await reach("assets", assets.takeDownload(hash, now), report))) throw new SnapbyteError("TOKEN_INVALID");
  };
  return await answer({ ...asset, asset: asset.id, since: asset.contentSince }, request, "token", parts, admit);
}

/** A tenant's own host shows nobody else's files. */
function isOnHost({ tenant }: { readonly tenant: TenantId }, { hostTenant }: AssetRequest): boolean {
  return hostTenant === null || hostTenant.id === tenant;
}

/** `admit` is asked when there are bytes to bring, and not one was: what the store fails to bring counts for nothing. */
async function answer(
  shown: Shown,
  request: AssetRequest,
  door: AssetDoor,
  parts: DownloadAssetParts,
  admit: () => Promise<void> = async () => {},
): Promise<AssetAnswer> {
  const tenant = request.hostTenant ?? (await linkTenant({ key: shown }, parts));
  admitStanding(tenant);
  const plan = planContent(shown, request, parts.clock.now());
  const served = await serveContent(shown, plan, request, door, parts);
  try {
    if (bringsBytes(plan, request)) await admit();
  } catch (error) {
    served.body?.cancel().catch(() => {});
    throw error;
  }
  const { terms } = served;
  const body = countedDelivery({ tenant: shown.tenant }, served, parts);
  const display = displayOn(request.host, tenant ?? { serving: PLAIN_SERVING, hosts: [] });
  const cors = tenant?.serving.cors ?? null;
  return { plan, terms: { ...terms, display }, body, asset: shown.asset, cors };
}

/**
 * An asset has no origin that its tenant's downloads could be led to: who is suspended, or has used up what the plan
 * delivers, has theirs refused. What is stored beyond the plan is delivered all the same. Nobody is told how much it was.
 */
function admitStanding(tenant: Tenant | null): void {
  const standing = tenant?.standing ?? "good";
  if (standing === "good" || standing.over === "storedBytes") return;
  if (standing.over === "suspended") throw new SnapbyteError("TENANT_SUSPENDED");
  throw new SnapbyteError("PLAN_LIMIT", "This file is not served at the moment.");
}
