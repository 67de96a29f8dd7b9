import type { OriginUrl } from "../core/origin-url/origin-url.ts";
import type { TenantId } from "../core/tenant.ts";
import type { FillSlots, SlotWish } from "../ports/fill-slots.ts";
import type { Report } from "./in-background.ts";

/** How many fills may be under way at once. */
export type FillLimits = {
  /** Of one tenant. */
  readonly tenantFills: number;
  /** Connections to one origin. */
  readonly originConnections: number;
};

export type PlacesParts = { readonly slots: FillSlots; readonly limits: FillLimits; readonly report: Report };

/** What a fill holds of what is shared. */
export type Places = {
  /** Keeps them, while the fill goes on. Never rejects. */
  keep(): Promise<void>;
  /** Never rejects. */
  giveBack(): Promise<void>;
};

/** What connections to an origin are counted under. */
export function originPlace({ raw: { scheme, host, port } }: OriginUrl): string {
  return `origin:${scheme}://${host}:${port}`;
}

/**
 * Takes a place among the fills of the tenant and among the connections to the origin, or says after how many ms to ask
 * again. Fails open: without anybody who counts, the fill goes on.
 */
export async function takePlaces(
  holder: string,
  tenant: TenantId,
  url: OriginUrl,
  { slots, limits, report }: PlacesParts,
): Promise<Places | { readonly waitMs: number }> {
  const wish = (name: string, limit: number): SlotWish => ({ name, holder, limit, deadline: url.expiresAt });
  // The origin's first: who waits for a slow one stands in its line, and not in that of the tenant's other fills.
  const wishes = [wish(originPlace(url), limits.originConnections), wish(`tenant:${tenant}`, limits.tenantFills)];

  const take = async (each: SlotWish) => {
    try {
      return await slots.take(each);
    } catch (error) {
      report("slots", error);
      return null;
    }
  };
  const giveBack = async (each: SlotWish) => {
    try {
      await slots.giveBack(each.name, holder);
    } catch (error) {
      report("slots", error);
    }
  };

  for (const [index, each] of wishes.entries()) {
    const waitMs = await take(each);
    if (waitMs === null) continue;
    await Promise.all(wishes.slice(0, index).map(giveBack));
    return { waitMs };
  }
  return {
    async keep() {
      await Promise.all(wishes.map(take));
    },
    async giveBack() {
      await Promise.all(wishes.map(giveBack));
    },
  };
}

/** Keeps new fills from an origin for so many ms. Never rejects. */
export async function leaveInPeace(url: OriginUrl, ms: number, { slots, report }: PlacesParts): Promise<void> {
  await slots.backOff(originPlace(url), ms).catch((error: unknown) => report("slots", error));
}
