import * as z from "zod";
import type { MadeToken } from "../../app/assets/tokens.ts";
import { DEFAULT_TTL_S, MAX_MAX_DOWNLOADS, MAX_TTL_S } from "../../core/assets/access-token.ts";
import type { AssetToken } from "../../core/assets/asset.ts";

export const assetTokenWish = z
  .strictObject({
    ttl: z.number().int().min(1).max(MAX_TTL_S).default(DEFAULT_TTL_S).describe("How long it counts, in seconds."),
    max_downloads: z
      .number()
      .int()
      .min(1)
      .max(MAX_MAX_DOWNLOADS)
      .nullable()
      .default(null)
      .describe("Answers with bytes, parts included; null: as many as anybody likes."),
  })
  .meta({ id: "AssetTokenWish" });

export const assetTokenBody = z
  .strictObject({
    token: z.string().describe("It is shown this once."),
    token_id: z.string(),
    url: z.string(),
    expires_at: z.iso.datetime(),
    max_downloads: z.number().int().nullable(),
  })
  .meta({ id: "AssetToken" });

export const assetTokenSummary = z
  .strictObject({
    token_id: z.string(),
    expires_at: z.iso.datetime(),
    max_downloads: z.number().int().nullable(),
    downloads: z.number().int().describe("Answers with bytes until now."),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "AssetTokenSummary" });

export const assetTokenPage = z
  .strictObject({
    tokens: z.array(assetTokenSummary),
    cursor: z.string().nullable().describe("Give it back to get the next page; null on the last."),
  })
  .meta({ id: "AssetTokenPage" });

export const assetTokenRevoked = z
  .strictObject({ token_id: z.string(), status: z.literal("revoked") })
  .meta({ id: "AssetTokenRevoked" });

/** A token as the API shows it once; `origin` is where it opens its asset. */
export function tokenToBody(made: MadeToken, origin: string): z.infer<typeof assetTokenBody> {
  const { token, id, expiresAt, maxDownloads } = made;
  return {
    ...{ token, token_id: id, url: `${origin}/assets/private/${token}` },
    ...{ expires_at: new Date(expiresAt).toISOString(), max_downloads: maxDownloads },
  };
}

/** A token as the API lists it: what opens the asset is not known any more. */
export function tokenToSummary(token: AssetToken): z.infer<typeof assetTokenSummary> {
  const { id, expiresAt, maxDownloads, downloads, createdAt } = token;
  return {
    ...{ token_id: id, expires_at: new Date(expiresAt).toISOString(), max_downloads: maxDownloads, downloads },
    created_at: new Date(createdAt).toISOString(),
  };
}
