import type { OriginDecision } from "../../core/decision.ts";
import type { UsageEvent } from "../../core/usage/event.ts";
import type { Source } from "../read-source.ts";

/** What a download counts as that is sent to its origin. */
export function originEvent({ key, rule }: Pick<Source, "key" | "rule">, { bypass }: OriginDecision): UsageEvent {
  const of = { key, rule: rule.id ?? null };
  return bypass ? { kind: "bypass", ...of, reason: bypass } : { kind: "miss", ...of };
}
