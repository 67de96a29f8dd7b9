import * as z from "zod";
import { tagList } from "../../core/purge/tag-list.ts";
import { ACCESS_MODES, type OriginRule } from "../../core/tenant.ts";
import type { OriginRuleChanges, StoredOriginRule } from "../../ports/tenant-settings.ts";

/** Characters of an origin: a unique index of Postgres takes 2,704 bytes for the whole row. */
const MAX_ORIGIN_LENGTH = 2_048;

const access = z.enum(ACCESS_MODES).nullable().describe("How downloads prove access; null: as the tenant's default.");
const obey_private = z
  .boolean()
  .describe("Whether Cache-Control: private and no-cache keep an object of a store from being stored.");

const tags = tagList.describe("Names under which copies that are made from now on can be purged together.");

export const originBody = z
  .strictObject({
    id: z.number().int(),
    origin: z.string().describe("Such as https://*.example.com/public/: scheme, host, port and path prefix."),
    access,
    obey_private,
    tags: z.array(z.string()),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "Origin" });

export const originList = z.strictObject({ origins: z.array(originBody) }).meta({ id: "OriginList" });

export const newOrigin = z
  .strictObject({
    origin: z
      .string()
      .max(MAX_ORIGIN_LENGTH)
      .describe("An https URL without a query. *. in front of the host stands for one or more labels."),
    access: access.optional(),
    obey_private: obey_private.optional(),
    tags: tags.optional(),
  })
  .meta({ id: "NewOrigin" });

export const originChange = z.strictObject({ access, obey_private, tags }).partial().meta({ id: "OriginChange" });

export const originDeleted = z
  .strictObject({ id: z.number().int(), status: z.literal("deleted") })
  .meta({ id: "OriginDeleted" });

/** A rule as the API shows it. */
export function originToBody(rule: StoredOriginRule): z.infer<typeof originBody> {
  return {
    id: rule.id,
    origin: originText(rule),
    access: rule.access,
    obey_private: rule.obeyPrivate,
    tags: [...rule.tags],
    created_at: new Date(rule.createdAt).toISOString(),
  };
}

/** What a body asks to be changed; what it does not name stays. */
export function originChangeFromBody({ access, obey_private, tags }: z.infer<typeof originChange>): OriginRuleChanges {
  return {
    ...(access !== undefined && { access }),
    ...(obey_private !== undefined && { obeyPrivate: obey_private }),
    ...(tags !== undefined && { tags }),
  };
}

/** The URL that makes this rule; a port that the scheme implies is left out. */
function originText({ scheme, host, port, pathPrefix }: OriginRule): string {
  const implied = port === (scheme === "https" ? 443 : 80);
  return `${scheme}://${host}${implied ? "" : `:${port}`}${pathPrefix}`;
}
