import { sweepAssets } from "../app/assets/sweep-assets.ts";
import { dropOldLetters } from "../app/dead-letters/list-letters.ts";
import { dropOldBatches } from "../app/drop-old-batches.ts";
import { dropOldPurges } from "../app/drop-old-purges.ts";
import { inOrder } from "../app/in-order.ts";
import { judgeTenants } from "../app/plans/judge-tenants.ts";
import { sweepExpired } from "../app/sweep.ts";
import { sweepOrphans } from "../app/sweep-orphans.ts";
import { sweepUploads } from "../app/uploads/sweep-uploads.ts";
import { rollUpUsage } from "../app/usage/roll-up.ts";
import { sampleStorage } from "../app/usage/storage.ts";
import type { RawSettings } from "../core/settings.ts";
import { compose, type Parts } from "./compose.ts";
import { deadLetters } from "./dead-letters.ts";
import { parseConsumerEnv } from "./env.ts";
import { fills } from "./fills.ts";
import { usage } from "./usage.ts";

export { FillGateObject } from "./gate.ts";
export { FillSlotsObject } from "./slots.ts";
export { WithdrawalsObject } from "./withdrawals.ts";

/** The composed Worker of this isolate, and the environment that it was made from. */
let made: { readonly raw: RawSettings; readonly parts: Parts } | undefined;

function partsOf(raw: RawSettings): Parts {
  made = made?.raw === raw ? made : { raw, parts: compose(parseConsumerEnv(raw)) };
  return made.parts;
}

/** How the queue of usage and its dead letters are named, in every environment. */
const USAGE = "snapbyte-usage-";

export default {
  async queue(batch, raw) {
    // Queues are named per environment; a dead-letter queue is the one that says so.
    const parts = partsOf(raw);
    if (batch.queue.startsWith(USAGE)) return await usage(batch, parts);
    const work = batch.queue.includes("-dead-") ? deadLetters : fills;
    await work(batch, parts);
    // Now and not a second later: a batch is over when all that it has begun is.
    await parts.flushUsage().catch((error: unknown) => parts.report("usage", error));
  },
  async scheduled(_, raw) {
    const parts = partsOf(raw);
    const { settings, clock, report } = parts;
    await inOrder(
      {
        sweep: () => sweepExpired(parts),
        assets: () => sweepAssets(parts),
        orphans: () => sweepOrphans(parts),
        uploads: () => sweepUploads(parts),
        batches: () => dropOldBatches(parts),
        purges: () => dropOldPurges(parts),
        "dead letters": () => dropOldLetters(parts),
        "roll-up": () => rollUpUsage(parts),
        storage: () => sampleStorage(parts),
        standing: () => judgeTenants(parts),
        "verification keys": () => settings.dropExpiredVerificationKeys(clock.now()),
        usage: () => parts.flushUsage(),
      },
      report,
    );
  },
} satisfies ExportedHandler<Record<string, unknown>>;
