import type { FillMessage } from "../../src/core/fills/fill-message.ts";
import type { SlotsNamespace } from "../../src/platform/cloudflare/fill-slots.ts";
import type { GateNamespace } from "../../src/platform/cloudflare/gate-shards.ts";
import type { WithdrawalsNamespace } from "../../src/platform/cloudflare/withdrawals.ts";

/** What tests in workerd find in `env` and `exports`: both Workers' bindings, and a queue for the contracts. */
declare global {
  namespace Cloudflare {
    interface GlobalProps {
      readonly mainModule: typeof import("./api/main.ts");
    }
    interface Env {
      readonly INDEX: KVNamespace;
      readonly OBJECTS: R2Bucket;
      readonly FILLS: Queue<FillMessage>;
      readonly FILL_GATE: GateNamespace;
      readonly FILL_SLOTS: SlotsNamespace;
      readonly WITHDRAWALS: WithdrawalsNamespace;
      readonly CONTRACT_LIMIT: RateLimit;
      readonly CONTRACT_FILLS: Queue<FillMessage>;
      readonly CLAIM_LEASE_MS: string;
    }
  }
}
