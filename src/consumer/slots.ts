import { DurableObject } from "cloudflare:workers";
import {
  backOff,
  giveBack,
  isEmpty,
  NO_SLOTS,
  SLOT_TIMES,
  type Slots,
  type SlotTimes,
  take,
} from "../core/fills/slots.ts";
import { positiveNumber, type RawSettings } from "../core/settings.ts";
import type { FillSlots, SlotWish } from "../ports/fill-slots.ts";

/** Where the object's storage keeps the state. */
const KEPT = "slots";

/**
 * The places of one name: keeps who has them and who waits, and applies the rules of core/fills/slots.ts, one call after
 * the other. All of it is one value, read once and written when it changed; an answer leaves only after it is on disk.
 * With the last holder and waiter the storage goes too. There is no alarm: a name that is not asked for holds one row.
 */
export class FillSlotsObject extends DurableObject<RawSettings> implements FillSlots {
  readonly #times: SlotTimes;
  #slots: Slots;

  constructor(ctx: DurableObjectState, env: RawSettings) {
    super(ctx, env);
    this.#times = { leaseMs: positiveNumber(env, "SLOT_LEASE_MS", SLOT_TIMES.leaseMs) };
    this.#slots = ctx.storage.kv.get<Slots>(KEPT) ?? NO_SLOTS;
  }

  async take(wish: SlotWish): Promise<number | null> {
    const { slots, waitMs } = take(this.#slots, wish, Date.now(), Math.random(), this.#times);
    await this.#keep(slots);
    return waitMs;
  }

  async giveBack(_name: string, holder: string): Promise<void> {
    await this.#keep(giveBack(this.#slots, holder));
  }

  async backOff(_name: string, ms: number): Promise<void> {
    await this.#keep(backOff(this.#slots, ms, Date.now()));
  }

  async #keep(slots: Slots): Promise<void> {
    if (slots === this.#slots) return;
    if (isEmpty(slots, Date.now())) {
      this.#slots = NO_SLOTS;
      await this.ctx.storage.deleteAll();
    } else {
      this.#slots = slots;
      this.ctx.storage.kv.put(KEPT, slots);
    }
  }
}
