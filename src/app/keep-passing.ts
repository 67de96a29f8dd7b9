import { type PassedObject, passKeeper } from "./pass-keeper.ts";
import type { PassParts } from "./pass-through.ts";
import type { PassWish } from "./pass-wish.ts";
import { pump } from "./pump.ts";
import { takeFill } from "./take-fill.ts";
import type { PassCount } from "./usage/count-pass.ts";

/** A download that passes through, and what is known of its object. */
export type Keeping = PassedObject & {
  readonly wish: PassWish;
  /** When the origin was asked, ms since the epoch. */
  readonly openedAt: number;
  readonly body: ReadableStream<Uint8Array>;
  readonly client: WritableStream<Uint8Array>;
  readonly count: PassCount;
  /** Called as soon as no part is held any more. */
  readonly release: () => void;
};

/**
 * Passes the body on and makes the copy of it, if the right to do so is to be had: the client does not wait for that.
 * Never rejects.
 */
export async function keepPassing(
  { wish, openedAt, body, client, count, release, ...object }: Keeping,
  parts: PassParts,
): Promise<void> {
  const { report, clock, idleMs } = parts;
  const asked = takeFill(wish, openedAt, parts).catch((error: unknown) => {
    report("pass through", error);
    return null;
  });
  const keeper = passKeeper(asked, object, parts);
  const releasing = {
    ...keeper,
    async leave() {
      release();
      await keeper.leave();
    },
  };
  const options = { length: object.length, partBytes: object.partBytes, aloneMs: parts.aloneMs, idleMs, report, count };
  await pump(body, client, releasing, { ...options, now: () => clock.now() });
  release();
}
