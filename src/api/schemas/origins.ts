import * as z from "zod";
import { givenPrices, originPricesSchema, pricesInForce } from "../../core/pricing/origin-prices.ts";
import type { OwnPrices } from "../../core/pricing/own-prices.ts";
import { tagList } from "../../core/purge/tag-list.ts";
import { ACCESS_MODES, type BucketCname, type OriginRule } from "../../core/tenant.ts";
import type { OriginRuleChanges, StoredOriginRule } from "../../ports/tenant-settings.ts";

/** Characters of an origin: a unique index of Postgres takes 2,704 bytes for the whole row. */
const MAX_ORIGIN_LENGTH = 2_048;

const access = z.enum(ACCESS_MODES).nullable().describe("How downloads prove access; null: as the tenant's default.");
const obey_private = z
  .boolean()
  .describe("Whether Cache-Control: private and no-cache keep an object of a store from being stored.");

const tags = tagList.describe("Names under which copies that are made from now on can be purged together.");

const tier = z.strictObject({ up_to_gb: z.number().int().nullable(), per_gb: z.string() });
const own = z.strictObject({
  per_gb: z.union([z.string(), z.array(tier)]),
  per_million_requests: z.string(),
  gb: z.enum(["binary", "decimal"]),
});
const prices = originPricesSchema
  .nullable()
  .describe("A table of GET /prices, or what your contract says; null: the table that the host suggests.");

export const originBody = z
  .strictObject({
    id: z.number().int(),
    origin: z.string().describe("Such as https://*.example.com/public/: scheme, host, port and path prefix."),
    access,
    obey_private,
    tags: z.array(z.string()),
    prices: z
      .strictObject({ table: z.string().optional(), own: own.optional() })
      .nullable()
      .describe("What was chosen or entered; null: neither."),
    priced_by: z
      .strictObject({
        table: z.string().describe("Of GET /prices; own where prices were entered."),
        where: z.string(),
        certain: z.boolean().describe("Whether it was chosen, or the host tells all that it depends on."),
      })
      .nullable()
      .describe("What its traffic is put into money by; null: by nothing, and no savings are claimed for it."),
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
    prices: prices.optional(),
  })
  .meta({ id: "NewOrigin" });

export const originChange = z
  .strictObject({ access, obey_private, tags, prices })
  .partial()
  .meta({ id: "OriginChange" });

export const originDeleted = z
  .strictObject({ id: z.number().int(), status: z.literal("deleted") })
  .meta({ id: "OriginDeleted" });

/** A rule as the API shows it; which prices a host suggests depends on what the tenant's CNAMEs stand for. */
export function originToBody(rule: StoredOriginRule, cnames: readonly BucketCname[]): z.infer<typeof originBody> {
  const { prices } = rule;
  return {
    id: rule.id,
    origin: originText(rule),
    access: rule.access,
    obey_private: rule.obeyPrivate,
    tags: [...rule.tags],
    prices: prices && "own" in prices ? { own: ownToBody(prices.own) } : prices,
    priced_by: pricesInForce(rule, cnames),
    created_at: new Date(rule.createdAt).toISOString(),
  };
}

/** What a body asks to be changed; what it does not name stays. */
export function originChangeFromBody(body: z.infer<typeof originChange>): OriginRuleChanges {
  const { access, obey_private, tags, prices } = body;
  return {
    ...(access !== undefined && { access }),
    ...(obey_private !== undefined && { obeyPrivate: obey_private }),
    ...(tags !== undefined && { tags }),
    ...(prices !== undefined && { prices: prices && givenPrices(prices) }),
  };
}

function ownToBody({ per_gb, ...more }: OwnPrices): z.infer<typeof own> {
  return { per_gb: typeof per_gb === "string" ? per_gb : per_gb.map((each) => ({ ...each })), ...more };
}

/** The URL that makes this rule; a port that the scheme implies is left out. */
function originText({ scheme, host, port, pathPrefix }: OriginRule): string {
  const implied = port === (scheme === "https" ? 443 : 80);
  return `${scheme}://${host}${implied ? "" : `:${port}`}${pathPrefix}`;
}
