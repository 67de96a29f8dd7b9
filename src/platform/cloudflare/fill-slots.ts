import type { FillSlots } from "../../ports/fill-slots.ts";

/** What the places of a name answer to: the port itself, called over RPC. */
export type SlotsNamespace = DurableObjectNamespace<FillSlots & Rpc.DurableObjectBranded>;

/**
 * Places kept by a Durable Object of each name, which takes about 1,000 requests a second
 * (https://developers.cloudflare.com/durable-objects/platform/limits/). Neither fails open nor closed: a call that does
 * not reach its object rejects, and whoever asked decides whether the fill goes on without a place. No time budget.
 */
export function durableSlots(namespace: SlotsNamespace): FillSlots {
  return {
    take: async (wish) => await namespace.getByName(wish.name).take(wish),
    giveBack: async (name, holder) => await namespace.getByName(name).giveBack(name, holder),
    backOff: async (name, ms) => await namespace.getByName(name).backOff(name, ms),
  };
}
