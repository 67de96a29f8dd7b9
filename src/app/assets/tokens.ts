import {
  ACCESS_TOKEN_BYTES,
  DEFAULT_TTL_S,
  formatAccessToken,
  hashAccessToken,
} from "../../core/assets/access-token.ts";
import type { AssetToken } from "../../core/assets/asset.ts";
import { SnapbyteError } from "../../core/errors.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { AssetTokens } from "../../ports/asset-tokens.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Report } from "../in-background.ts";
import { reach } from "../reach.ts";

export type TokenParts = {
  readonly assets: Pick<AssetTokens, "addToken" | "removeToken">;
  readonly random: (length: number) => Uint8Array;
  readonly newId: () => string;
  readonly clock: Clock;
  readonly report: Report;
};

/** `null`: as long as usual, and as many as anybody likes. */
export type TokenWish = { readonly ttlSeconds: number | null; readonly maxDownloads: number | null };

/** A token with what opens the asset, which is shown this once. */
export type MadeToken = AssetToken & { readonly token: string };

/** Makes a private link to an asset. Throws 404 when there is no such asset. */
export async function addToken(
  tenant: TenantId,
  asset: string,
  { ttlSeconds, maxDownloads }: TokenWish,
  { assets, random, newId, clock, report }: TokenParts,
): Promise<MadeToken> {
  const now = clock.now();
  const token = formatAccessToken(random(ACCESS_TOKEN_BYTES));
  const expiresAt = now + (ttlSeconds ?? DEFAULT_TTL_S) * 1000;
  const row = { id: newId(), hash: hashAccessToken(token), expiresAt, maxDownloads };
  const made = await reach("assets", assets.addToken(tenant, asset, row, now), report);
  if (!made) throw new SnapbyteError("NOT_FOUND");
  return { ...made, token };
}

/** A page of the private links to an asset that live on, the newest first. Throws 404, and 400 for a cursor that no page gave. */
export async function listTokens(
  tenant: TenantId,
  asset: string,
  page: Parameters<AssetTokens["listTokens"]>[2],
  { assets, clock, report }: Pick<TokenParts, "clock" | "report"> & { assets: Pick<AssetTokens, "listTokens"> },
): Promise<{ readonly tokens: readonly AssetToken[]; readonly cursor: string | null }> {
  const found = await reach("assets", assets.listTokens(tenant, asset, page, clock.now()), report);
  if (!found) throw new SnapbyteError("NOT_FOUND");
  return found;
}

/** From here on the token opens nothing, anywhere. Throws 404 when the asset has none of this id. */
export async function removeToken(
  tenant: TenantId,
  asset: string,
  id: string,
  { assets, report }: Pick<TokenParts, "assets" | "report">,
): Promise<void> {
  if (!(await reach("assets", assets.removeToken(tenant, asset, id), report))) throw new SnapbyteError("NOT_FOUND");
}
