import { describe, expect, test } from "vitest";
import type { TenantId } from "../../src/core/tenant.ts";
import type { OriginPriceList } from "../../src/ports/origin-price-list.ts";
import type { TenantSettings } from "../../src/ports/tenant-settings.ts";

export type PricesUnderTest = {
  readonly prices: OriginPriceList;
  readonly settings: TenantSettings;
  readonly tenants: readonly [TenantId, TenantId];
};

const RULE = { scheme: "https", host: "a.example.com", port: 443, pathPrefix: "/" } as const;
const PLAIN = { access: null, obeyPrivate: false, tags: [] };
const OWN = {
  own: {
    per_gb: [
      { up_to_gb: 10, per_gb: "0.08" },
      { up_to_gb: null, per_gb: "0.05" },
    ],
    per_million_requests: "0.4",
    gb: "decimal",
  },
} as const;

export function originPriceListContract(name: string, make: () => Promise<PricesUnderTest>): void {
  describe(`OriginPriceList: ${name}`, () => {
    const added = async ({ settings }: PricesUnderTest, tenant: TenantId, more: object = {}) => {
      const rule = await settings.addOriginRule(tenant, { ...RULE, ...PLAIN, ...more });
      if (!rule) throw new Error("the rule was not added");
      return rule;
    };

    test("keeps what was chosen with the rule, and what was entered to the letter", async () => {
      const made = await make();
      const { settings } = made;
      const [tenant] = made.tenants;
      const plain = await added(made, tenant);
      const own = await added(made, tenant, { host: "b.example.com", prices: OWN });
      expect([plain.prices, own.prices]).toEqual([null, OWN]);
      expect(await settings.changeOriginRule(tenant, plain.id, { prices: { table: "gcs/worldwide" } })).toMatchObject({
        ...{ prices: { table: "gcs/worldwide" }, access: null },
      });
      expect(await settings.changeOriginRule(tenant, plain.id, { tags: ["a"] })).toMatchObject({
        prices: { table: "gcs/worldwide" },
      });
      expect(await settings.changeOriginRule(tenant, own.id, { prices: null })).toMatchObject({ prices: null });
      expect((await settings.originRules(tenant)).map(({ prices }) => prices)).toEqual([
        { table: "gcs/worldwide" },
        null,
      ]);
    });

    test("tells what each rule's prices depend on, and what CNAMEs stand for", async () => {
      const made = await make();
      const [tenant, other] = made.tenants;
      const one = await added(made, tenant, { prices: { table: "s3/us-europe" } });
      const two = await added(made, tenant, { host: "b.example.com", prices: OWN });
      const theirs = await added(made, other);
      await made.settings.addCname(tenant, { host: "cdn.example.com", bucket: "s3:aws/media" });
      const known = await made.prices.of([tenant, other]);
      const origins = known.get(tenant)?.origins.toSorted((a, b) => a.id - b.id);
      expect(origins).toEqual([
        { id: one.id, host: "a.example.com", prices: { table: "s3/us-europe" } },
        { id: two.id, host: "b.example.com", prices: OWN },
      ]);
      expect(known.get(tenant)?.cnames).toEqual([{ host: "cdn.example.com", bucket: "s3:aws/media" }]);
      expect(known.get(other)).toEqual({
        origins: [{ id: theirs.id, host: "a.example.com", prices: null }],
        cnames: [],
      });
    });

    test("knows the prices of a rule that is gone, and of the one that came after it", async () => {
      const made = await make();
      const [tenant, other] = made.tenants;
      const gone = await added(made, tenant, { prices: OWN });
      expect(await made.settings.removeOriginRule(other, gone.id)).toBe(false);
      expect(await made.settings.removeOriginRule(tenant, gone.id)).toBe(true);
      expect(await made.settings.removeOriginRule(tenant, gone.id)).toBe(false);
      const next = await added(made, tenant);
      const origins = (await made.prices.of([tenant])).get(tenant)?.origins.toSorted((a, b) => a.id - b.id);
      expect(origins).toEqual([
        { id: gone.id, host: "a.example.com", prices: OWN },
        { id: next.id, host: "a.example.com", prices: null },
      ]);
    });

    test("is nobody else's, and nothing of nobody's", async () => {
      const made = await make();
      const [tenant, other] = made.tenants;
      await added(made, tenant);
      expect((await made.prices.of([other])).get(other)?.origins ?? []).toEqual([]);
      expect((await made.prices.of([other])).has(tenant)).toBe(false);
      expect([...(await made.prices.of([]))]).toEqual([]);
    });
  });
}
