import { type Audience, audienceOf } from "./audience.ts";
import { type Chunks, chunksOf } from "./chunks.ts";
import type { Report } from "./in-background.ts";
import { type KeepingInTurn, keepInTurn, type PassKeeper } from "./keep-in-turn.ts";
import { Stalled } from "./read-body.ts";
import { WrongLength } from "./read-pieces.ts";
import type { PassCount } from "./usage/count-pass.ts";
import { pipeMetered } from "./usage/metered-pipe.ts";

/** How often it is looked whether anybody waits in vain, in ms. */
const LOOK_MS = 1_000;

export type PumpOptions = {
  /** Bytes; `null`: the origin did not say. */
  readonly length: number | null;
  readonly partBytes: number;
  /** How long the pump goes on, in ms, once the client has left: a Worker has 30 s then. */
  readonly aloneMs: number;
  /** How long the origin may send nothing, in ms, and how long the client may take nothing before no copy is kept. */
  readonly idleMs: number;
  readonly now: () => number;
  readonly report: Report;
  readonly count: PassCount;
};

/** Nobody is left for whom the body would be read on. */
class Deserted extends Error {
  constructor() {
    super("the client has left, and nothing more is kept");
    this.name = "Deserted";
  }
}

/**
 * Passes a body on to a client chunk by chunk as it comes, and part by part to a keeper. Whoever is slower sets the pace:
 * one part is being filled while another is being kept, and no more is held. A client that leaves ends nothing at once; a
 * keeper that fails ends nothing for the client. A body that breaks off does so for the client too. Never rejects.
 */
export async function pump(
  body: ReadableStream<Uint8Array>,
  client: WritableStream<Uint8Array>,
  keeper: PassKeeper,
  options: PumpOptions,
): Promise<void> {
  const { aloneMs, idleMs, now, report } = options;
  const chunks = chunksOf(body, now);
  const keeping = keepInTurn(keeper, report);
  const audience = audienceOf(client, { aloneMs, now, deserted: () => chunks.interrupt(new Deserted()) });
  const look = setInterval(() => {
    if (chunks.waitingMs() >= idleMs) chunks.interrupt(new Stalled(idleMs));
    // A player that is paused would hold memory, and keep everybody else from filling.
    if (audience.waitingMs() >= idleMs) keeping.giveUp();
  }, LOOK_MS);
  try {
    if (await passParts(chunks, audience, keeping, options)) {
      await Promise.all([audience.end(), chunks.cancel(), keeping.settle(true)]);
      return;
    }
  } catch (error) {
    await Promise.all([audience.abort(error), chunks.cancel(), keeping.settle(false)]);
    return;
  } finally {
    clearInterval(look);
    audience.forget();
  }
  chunks.release();
  audience.release();
  // In larger pieces, and for less, since nobody keeps it.
  const { came, taken } = options.count;
  await Promise.all([pipeMetered(body, client, { came, taken, now }), keeping.settle(false)]);
}

/** `false`: the rest need not be kept, and is not read yet. */
async function passParts(
  chunks: Chunks,
  audience: Audience,
  keeping: KeepingInTurn,
  { length, partBytes, count }: PumpOptions,
): Promise<boolean> {
  let total = 0;
  let ended = false;
  while (!ended) {
    const size = Math.max(1, Math.min(partBytes, (length ?? Number.POSITIVE_INFINITY) - total));
    let buffer = keeping.buffer(size);
    let filled = 0;
    while (filled < size && !ended) {
      if (!keeping.isOn()) {
        if (audience.hasLeft()) throw new Deserted();
        return false;
      }
      const read = await chunks.read(new Uint8Array(buffer, filled, size - filled));
      buffer = read.chunk.buffer;
      filled += read.chunk.length;
      total += read.chunk.length;
      count.came(read.chunk.length);
      ended = read.ended || (length !== null && total >= length);
      if (read.chunk.length > 0 && (await audience.send(read.chunk))) count.taken(read.chunk.length);
    }
    if (filled > 0) await keeping.add(new Uint8Array(buffer, 0, filled));
  }
  if (length !== null && total < length) throw new WrongLength(length, "fewer");
  return true;
}
