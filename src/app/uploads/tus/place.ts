import { TusRefusal } from "../../../core/uploads/tus/protocol.ts";
import type { UploadName } from "../../../core/uploads/upload-session.ts";
import type { TusWriter } from "../../../ports/tus-uploads.ts";
import { atDatabase } from "../upload-parts.ts";
import { LEASE_MS, type TusParts } from "./tus-parts.ts";

/** The place of the one who writes, for as long as their client is heard of. */
export type Place = {
  /** Who writes, and until when nobody else may. */
  writer(): TusWriter;
  /** Bytes have come. */
  heard(): void;
  /** Works for the client, who cannot be heard of meanwhile. Throws 423 where the place is another's by now. */
  during<Value>(work: () => Promise<Value>): Promise<Value>;
};

export type PlaceParts = Pick<TusParts, "tus" | "clock" | "newId" | "pause" | "report">;

/** How often who waits for the place asks for it, in ms. */
const ASK_EVERY_MS = 500;

/**
 * Does `work` in the place of the writer of an upload. It is free {@link LEASE_MS} after the last bytes came: a client whose
 * connection broke without anybody telling us comes back by another, and the one that broke may be silent for much longer
 * before it is given up. So somebody else's place is waited for for as long, without a byte being read: told 423 at once,
 * clients would send again and again what nobody takes. Throws 423 where it still is another's then.
 */
export async function inPlace<Value>(
  name: UploadName,
  { tus, clock, newId, pause, report }: PlaceParts,
  work: (place: Place) => Promise<Value>,
): Promise<Value> {
  const id = newId();
  let heardAt = clock.now();
  let working = 0;
  const writer = () => ({ id, until: (working > 0 ? clock.now() : heardAt) + LEASE_MS });
  const givenUpAt = clock.now() + LEASE_MS + ASK_EVERY_MS;
  while (!(await atDatabase(tus.claim(name, writer(), clock.now()), { report }))) {
    if (clock.now() >= givenUpAt) throw locked();
    await pause(ASK_EVERY_MS);
    heardAt = clock.now();
  }
  let heldUntil = writer().until;
  const beat = setInterval(() => void renew().catch(() => {}), LEASE_MS / 3);

  async function renew(): Promise<boolean> {
    const mine = writer();
    const renewed = await tus.renew(name, mine);
    if (renewed) heldUntil = mine.until;
    return renewed;
  }

  async function during<Result>(doing: () => Promise<Result>): Promise<Result> {
    working += 1;
    try {
      // Bytes that come after a silence do not bring back a place that was lost in it.
      if (clock.now() >= heldUntil && !(await atDatabase(renew(), { report }))) throw locked();
      return await doing();
    } finally {
      working -= 1;
      heardAt = clock.now();
    }
  }

  try {
    return await work({
      writer,
      heard: () => {
        heardAt = clock.now();
      },
      during,
    });
  } finally {
    clearInterval(beat);
    await tus.release(name, id).catch((error: unknown) => report("uploads", error));
  }
}

export function locked(): TusRefusal {
  return new TusRefusal("LOCKED", "Somebody else is writing to this upload.");
}
