import { fill } from "../../../src/app/fill.ts";
import { giveUp } from "../../../src/app/give-up.ts";
import type { FillMessage } from "../../../src/core/fills/fill-message.ts";
import { MINUTE } from "../../core/samples.ts";
import { HELLO, makeWorld, onlyMessage, sourceOf, URL_A, type World, want } from "../world.ts";

export const LETTER = "letter-1";

type GivenUp = {
  readonly world: World;
  readonly source: Awaited<ReturnType<typeof sourceOf>>;
  readonly message: FillMessage;
};

/** A fill that was given up, since its origin was out of order; that is mended by now. */
export async function givenUp(wish: Parameters<typeof want>[2] = {}, url = URL_A): Promise<GivenUp> {
  const world = makeWorld();
  const source = await sourceOf(url);
  world.origin.answers.set(url, { status: 500 });
  await want(source, world, wish);
  const message = onlyMessage(world);
  await fill(message, world.maxAttempts, world);
  world.clock.advance(MINUTE);
  await giveUp(message, LETTER, world);
  world.origin.answers.set(url, HELLO);
  return { world, source, message };
}
