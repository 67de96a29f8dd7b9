import { dropOldBatches } from "../app/drop-old-batches.ts";
import { dropOldPurges } from "../app/drop-old-purges.ts";
import { sweepExpired } from "../app/sweep.ts";
import { sweepOrphans } from "../app/sweep-orphans.ts";
import type { RawSettings } from "../core/settings.ts";
import { compose, type Parts } from "./compose.ts";
import { deadLetters } from "./dead-letters.ts";
import { parseConsumerEnv } from "./env.ts";
import { fills } from "./fills.ts";

export { FillGateObject } from "./gate.ts";
export { FillSlotsObject } from "./slots.ts";
export { WithdrawalsObject } from "./withdrawals.ts";

/** The composed Worker of this isolate, and the environment that it was made from. */
let made: { readonly raw: RawSettings; readonly parts: Parts } | undefined;

function partsOf(raw: RawSettings): Parts {
  made = made?.raw === raw ? made : { raw, parts: compose(parseConsumerEnv(raw)) };
  return made.parts;
}

export default {
  async queue(batch, raw) {
    // Queues are named per environment; a dead-letter queue is the one that says so.
    const work = batch.queue.includes("-dead-") ? deadLetters : fills;
    await work(batch, partsOf(raw));
  },
  async scheduled(_, raw) {
    const parts = partsOf(raw);
    await sweepExpired(parts);
    await sweepOrphans(parts);
    await dropOldBatches(parts);
    await dropOldPurges(parts);
    await parts.settings.dropExpiredVerificationKeys(parts.clock.now());
  },
} satisfies ExportedHandler<Record<string, unknown>>;
