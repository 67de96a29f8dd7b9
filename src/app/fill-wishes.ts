import { keyText } from "../core/entry-key.ts";
import { RecentWishes } from "../core/fills/recent-wishes.ts";
import type { FillRequest } from "./fill-request.ts";

/** How long a batch waits for more wishes, in ms. Nobody waits for it. */
export const GATHER_MS = 20;
/** The same after a batch of at least {@link CROWD} wishes: in a crowd a fill then costs less than half of what it did. */
export const GATHER_CROWD_MS = 250;
export const CROWD = 16;
/** How long one that was to carry a batch away is waited for, in ms. Its request may have been dropped. */
export const CARRIER_PATIENCE_MS = 1_000;
/** Wishes that wait at most, and bytes of theirs: a URL may have 8 KB. What comes beyond is asked for by the next download. */
export const MOST_WAITING = 2_000;
export const MOST_WAITING_BYTES = 4_000_000;
/** What a wish holds beside its texts, in bytes. */
const WISH_BYTES = 500;

/**
 * The fills that an isolate wants and has asked for. Wishes wait here as plain data, bound to no request: whoever comes
 * first carries away all that wait by then, and if the runtime drops that request, another one does.
 */
export type FillWishes = {
  readonly recent: RecentWishes;
  /**
   * Takes a wish up, unless the gate need not hear of it. `true`: whoever asked must carry the batch away, soon; `false`:
   * somebody else does, or there is nothing to do. `now` in ms since the epoch.
   */
  add(request: FillRequest, now: number): boolean;
  /** How long whoever carries the next batch waits for more, in ms. */
  gatherMs(): number;
  /** All that wait. */
  take(): FillRequest[];
};

export function fillWishes(): FillWishes {
  const recent = new RecentWishes();
  let waiting: FillRequest[] = [];
  let bytes = 0;
  let carriedBy = 0;
  let isCrowded = false;
  return {
    recent,
    add(request, now) {
      const key = keyText(request.key);
      const size = sizeOf(request);
      const isFull = waiting.length >= MOST_WAITING || bytes + size > MOST_WAITING_BYTES;
      if (isFull || recent.covers(key, request, now)) return carries(now);
      recent.asking(key, request, now);
      waiting.push(request);
      bytes += size;
      return carries(now);
    },
    gatherMs: () => (isCrowded ? GATHER_CROWD_MS : GATHER_MS),
    take() {
      const taken = waiting;
      isCrowded = taken.length >= CROWD;
      waiting = [];
      bytes = 0;
      carriedBy = 0;
      return taken;
    },
  };

  function carries(now: number): boolean {
    if (waiting.length === 0 || (now < carriedBy && carriedBy <= now + CARRIER_PATIENCE_MS)) return false;
    carriedBy = now + CARRIER_PATIENCE_MS;
    return true;
  }
}

/** In bytes, two for each character: so many has a text with one that is not of Latin-1. */
function sizeOf({ url, publicKey, boundTo, requestId, tags }: FillRequest): number {
  const texts = [url, publicKey, boundTo, requestId, ...tags];
  return WISH_BYTES + 2 * texts.reduce((sum, text) => sum + text.length, 0);
}
