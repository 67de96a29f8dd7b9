import { backOff, giveBack, isEmpty, NO_SLOTS, SLOT_TIMES, type Slots, take } from "../../src/core/fills/slots.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { FillSlots } from "../../src/ports/fill-slots.ts";

/** Places in a map. `names` has the state of each name that has one. */
export type FakeFillSlots = FillSlots & { readonly names: Map<string, Slots> };

/** `random` in [0, 1) spreads those who wait; without it everybody waits for three quarters of the longest. */
export function fakeFillSlots(clock: Clock, times = SLOT_TIMES, random = () => 0.5): FakeFillSlots {
  const names = new Map<string, Slots>();
  const read = (name: string) => names.get(name) ?? NO_SLOTS;
  const write = (name: string, slots: Slots) =>
    isEmpty(slots, clock.now()) ? names.delete(name) : names.set(name, slots);

  return {
    names,
    async take(wish) {
      const { slots, waitMs } = take(read(wish.name), wish, clock.now(), random(), times);
      write(wish.name, slots);
      return waitMs;
    },
    async giveBack(name, holder) {
      write(name, giveBack(read(name), holder));
    },
    async backOff(name, ms) {
      write(name, backOff(read(name), ms, clock.now()));
    },
  };
}
