import { describe, expect, test } from "vitest";
import { type CorsSettings, PLAIN_SERVING, RESOURCE_POLICIES, type TenantId } from "../../src/core/tenant.ts";
import type { TenantSettings } from "../../src/ports/tenant-settings.ts";

const CORS: CorsSettings = {
  origins: ["https://app.example.com", "https://[2001:db8::1]:8443"],
  requestHeaders: ["range", "x-player'{}"],
  exposedHeaders: [],
  maxAgeSeconds: 86_400,
};

/** How copies are handed to browsers. `two` gives settings of two tenants that have said nothing, and their ids. */
export function servingSettingsContract(name: string, two: () => Promise<[TenantSettings, TenantId, TenantId]>): void {
  describe(`TenantSettings, serving: ${name}`, () => {
    test("changes what is named and leaves the rest", async () => {
      const [settings, tenant, other] = await two();
      expect(await settings.serving(tenant)).toEqual(PLAIN_SERVING);
      await settings.changeServing(tenant, { cors: CORS });
      const changed = await settings.changeServing(tenant, { resourcePolicy: "same-site", showActive: true });
      expect(changed).toEqual({ cors: CORS, resourcePolicy: "same-site", showActive: true });
      expect(await settings.serving(tenant)).toEqual(changed);
      expect(await settings.serving(other)).toEqual(PLAIN_SERVING);
      expect(await settings.access(tenant)).toMatchObject({ access: "probe" });
    });

    test("changes nothing where nothing is named, and takes a no and a null for what they say", async () => {
      const [settings, tenant] = await two();
      const set = { cors: CORS, resourcePolicy: "same-origin", showActive: true } as const;
      await settings.changeServing(tenant, set);
      expect(await settings.changeServing(tenant, {})).toEqual(set);
      const undone = await settings.changeServing(tenant, { cors: null, showActive: false });
      expect(undone).toEqual({ cors: null, resourcePolicy: "same-origin", showActive: false });
      expect(await settings.serving(tenant)).toEqual(undone);
    });

    test("takes every policy, and another CORS in the place of the one before, not beside it", async () => {
      const [settings, tenant] = await two();
      await settings.changeServing(tenant, { cors: CORS });
      const cors = { origins: ["*"], requestHeaders: [], exposedHeaders: ["etag"], maxAgeSeconds: 0 };
      expect(await settings.changeServing(tenant, { cors })).toMatchObject({ cors });
      expect((await settings.serving(tenant))?.cors).toEqual(cors);
      for (const resourcePolicy of RESOURCE_POLICIES) {
        expect(await settings.changeServing(tenant, { resourcePolicy })).toMatchObject({ resourcePolicy, cors });
      }
    });
  });
}
