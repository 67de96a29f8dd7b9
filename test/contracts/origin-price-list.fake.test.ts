import { fakeOriginPrices } from "../fakes/origin-price-list.ts";
import { fakeTenantSettings } from "../fakes/tenant-settings.ts";
import { knownTenant } from "./directory.contract.ts";
import { originPriceListContract } from "./origin-price-list.contract.ts";

originPriceListContract("fake", async () => {
  const [one, other] = [knownTenant(), knownTenant()];
  const settings = fakeTenantSettings([one, other]);
  return { prices: fakeOriginPrices(settings), settings, tenants: [one.tenant.id, other.tenant.id] };
});
