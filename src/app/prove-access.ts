import { toBase64Url } from "../core/crypto/base64url.ts";
import { sha256 } from "../core/crypto/digest.ts";
import { ExpiringMap } from "../core/expiring-map.ts";
import type { OriginUrl } from "../core/origin-url/origin-url.ts";
import { withoutFragment } from "../core/origin-url/raw-url.ts";
import { judgeProbe, type Verdict, verdictHoldsUntil } from "../core/probe-verdict.ts";
import type { TenantId } from "../core/tenant.ts";
import type { Clock } from "../ports/clock.ts";
import type { Origin } from "../ports/origin.ts";
import { withinBudget } from "../ports/time-budget.ts";
import type { Report } from "./in-background.ts";

/** How long the origin may take to say whether a caller may have the bytes, in ms. */
export const PROBE_BUDGET_MS = 1000;
/** Verdicts that one isolate remembers: some 200 bytes each. */
const REMEMBERED_VERDICTS = 20_000;

/** Asks the origin whether it would serve this very URL. `null`: it did not answer in time. Never rejects. */
export type ProveAccess = (tenant: TenantId, url: OriginUrl) => Promise<Verdict | null>;

/**
 * Probes, and remembers each verdict by tenant and hash of the whole URL, signature included. Whoever asks for a URL
 * that is being probed waits for that answer. Fails closed: without an answer there is no verdict, and no copy.
 */
export function accessProver(origin: Origin, clock: Clock, report: Report): ProveAccess {
  const verdicts = new ExpiringMap<Verdict>(REMEMBERED_VERDICTS);
  const pending = new Map<string, Promise<Verdict | null>>();

  async function ask(name: string, url: OriginUrl): Promise<Verdict | null> {
    try {
      const askedAt = clock.now();
      const verdict = judgeProbe(await origin.probe(url.raw, AbortSignal.timeout(PROBE_BUDGET_MS)), askedAt);
      const until = verdictHoldsUntil(verdict, url.expiresAt, askedAt);
      if (until > askedAt) verdicts.set(name, verdict, until);
      return verdict;
    } catch (error) {
      report("probe", error);
      return null;
    } finally {
      pending.delete(name);
    }
  }

  return async (tenant, url) => {
    // A fragment is never sent: a URL with another one is no other URL.
    const hash = toBase64Url(sha256(withoutFragment(url.raw.text)));
    const name = `${tenant}/${hash}`;
    const known = verdicts.get(name, clock.now());
    if (known) return known;
    const answer = pending.get(name) ?? ask(name, url);
    pending.set(name, answer);
    try {
      // The runtime drops the work of a request that was cancelled, and who waits for that would wait for ever.
      return await withinBudget("probe", PROBE_BUDGET_MS, answer);
    } catch (error) {
      pending.delete(name);
      report("probe", error);
      return null;
    }
  };
}
