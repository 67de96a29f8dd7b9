import { withinBudget } from "../ports/time-budget.ts";
import { ClaimLost } from "./fill-failed.ts";
import type { Report } from "./in-background.ts";
import type { Bytes } from "./read-pieces.ts";

/** Keeps the parts of a download that passes through, in their order. */
export type PassKeeper = {
  /** Settles when the part is kept; its bytes may then be reused. */
  keep(part: Bytes): Promise<void>;
  /** All parts were kept, and there are no more. */
  end(): Promise<void>;
  /** Instead of `end`: what is missing is somebody else's to fetch. It may come while a `keep` has not settled. */
  leave(): Promise<void>;
};

/** Parts that are held at once: one is being filled while another is being kept. */
export const PARTS_HELD = 2;

/**
 * How long the client may have to wait for a part to be kept, in ms: a gate or a store that takes longer for 8 MiB would
 * slow it down.
 */
export const KEEP_BUDGET_MS = 5_000;

/** Whether a download is still kept, and how. Nothing of this rejects. */
export type KeepingInTurn = {
  isOn(): boolean;
  /** A buffer for a part of so many bytes, of one that is kept already if there is one. */
  buffer(size: number): ArrayBuffer;
  /** Settles when the part before this one is kept. */
  add(part: Bytes): Promise<void>;
  /** From here on nothing is kept. */
  giveUp(): void;
  /** Settles when what was begun is done; `whole`: no more parts come. */
  settle(whole: boolean): Promise<void>;
};

export function keepInTurn(keeper: PassKeeper, report: Report): KeepingInTurn {
  let on = true;
  let spare: ArrayBuffer | null = null;
  let last = Promise.resolve();
  let ending = Promise.resolve();

  const stop = (how: () => Promise<void>) => {
    if (!on) return;
    on = false;
    ending = how().catch((error: unknown) => report("pass through", error));
  };
  const giveUp = () => stop(keeper.leave);
  const keep = async (part: Bytes) => {
    try {
      await withinBudget("the keeping of a part", KEEP_BUDGET_MS, keeper.keep(part));
      spare = part.buffer;
    } catch (error) {
      if (!(error instanceof ClaimLost)) report("pass through", error);
      giveUp();
    }
  };

  return {
    isOn: () => on,
    buffer(size) {
      const used = spare;
      spare = null;
      return used && used.byteLength >= size ? used : new ArrayBuffer(size);
    },
    async add(part) {
      await last;
      if (on) last = keep(part);
    },
    giveUp,
    async settle(whole) {
      await last;
      stop(whole ? keeper.end : keeper.leave);
      await ending;
    },
  };
}
