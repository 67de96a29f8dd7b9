import * as z from "zod";
import type { MadeKey } from "../../app/keys/keys.ts";
import { SCOPES } from "../../core/people/scopes.ts";
import type { StoredApiKey } from "../../ports/key-settings.ts";

/** The longest that two keys live beside each other, in hours. */
const MAX_GRACE_HOURS = 30 * 24;

const scopes = z.array(z.enum(SCOPES)).describe("What it may do; admin is all of the tenant's.");
const name = z.string().trim().min(1).max(100).describe("Tells people what it is for.");

const shown = {
  id: z.string(),
  name: z.string(),
  prefix: z.string().nullable().describe("Its beginning; null: it is from before that was kept."),
  scopes,
  created_at: z.iso.datetime(),
  last_used_at: z.iso.datetime().nullable().describe("About when; null: not since that is kept."),
  expires_at: z.iso.datetime().nullable(),
};

export const apiKeyBody = z.strictObject(shown).meta({ id: "ApiKey" });

export const newApiKeyBody = z
  .strictObject({ ...shown, key: z.string().describe("The key itself. It is shown this once.") })
  .meta({ id: "NewApiKey" });

export const apiKeyList = z.strictObject({ keys: z.array(apiKeyBody) }).meta({ id: "ApiKeyList" });

export const apiKeyRevoked = z
  .strictObject({ id: z.string(), status: z.literal("revoked") })
  .meta({ id: "ApiKeyRevoked" });

export const apiKeyWish = z
  .strictObject({
    name,
    scopes: scopes.min(1),
    expires_at: z.iso.datetime({ offset: true }).nullable().default(null).describe("null: never."),
  })
  .meta({ id: "ApiKeyWish" });

export const apiKeyRotation = z
  .strictObject({
    grace_hours: z.number().int().min(0).max(MAX_GRACE_HOURS).default(24).describe("How long the old key lives on."),
  })
  .meta({ id: "ApiKeyRotation" });

const moment = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** A key as the API shows it at any time. */
export function apiKeyToBody(key: StoredApiKey): z.infer<typeof apiKeyBody> {
  const { id, name, prefix, scopes, createdAt, lastUsedAt, expiresAt } = key;
  return {
    ...{ id, name, prefix, scopes: [...scopes], created_at: new Date(createdAt).toISOString() },
    ...{ last_used_at: moment(lastUsedAt), expires_at: moment(expiresAt) },
  };
}

/** A key as the API shows it once. */
export function newApiKeyToBody(made: MadeKey): z.infer<typeof newApiKeyBody> {
  return { ...apiKeyToBody(made), key: made.key };
}
