import type { EntryState, IndexEntry, LedgerEntry } from "../../core/entry.ts";
import type { EntryKey } from "../../core/entry-key.ts";
import type { Verdict } from "../../core/probe-verdict.ts";

/** What was seen of a download on its way. What is absent was not asked for, or did not answer. */
export type Findings = {
  key?: EntryKey;
  /** `null`: it knows nothing. */
  index?: IndexEntry | null;
  ledger?: LedgerEntry | null;
  /** `null`: the origin did not answer in time. */
  verdict?: Verdict | null;
  /** Of the copy that a link leads to. */
  generation?: string;
  /** The parts that failed or were too slow, as they are reported. */
  readonly failed: string[];
};

/** Where the entry stands. `absent`: nobody knows it; `unknown`: nobody was asked, or could say. */
export function stateOf({ index, ledger }: Findings): EntryState | "expired" | "absent" | "unknown" {
  if (index) return index.state;
  if (ledger) return ledger.state;
  return ledger === null || index === null ? "absent" : "unknown";
}

/** The copy that was found, and when it was stored, in ms since the epoch; each `null` where nobody said. */
export function copyOf({ index, ledger, generation }: Findings) {
  const held = index && index.state !== "expired" ? index.copy : (ledger?.copy ?? null);
  return { generation: generation ?? held?.generation ?? null, storedAt: held?.storedAt ?? null };
}

/** Why a `/proxy` was answered as its Cache-Status says, in words for an operator. */
export function reasonOf(findings: Findings, cacheStatus: string): string {
  const { verdict, failed } = findings;
  if (cacheStatus.includes("; hit")) return verdict ? "the origin allows it" : "the link proves enough";
  if (cacheStatus.includes("fwd=stale")) return verdict ? "the origin has another version" : "the copy is old";
  if (cacheStatus.includes("fwd=bypass")) {
    return failed.includes("link") ? "no link could be made" : "not to be kept, or not valid now; POST /inspect tells";
  }
  if (verdict === null) return "the origin did not answer in time";
  if (verdict) return verdict.allowed ? "the origin has only allowed an empty object" : "the origin refuses it";
  return missReason(findings);
}

function missReason(findings: Findings): string {
  const { index, ledger, failed } = findings;
  const isAsked = index !== undefined || ledger !== undefined || failed.includes("index") || failed.includes("ledger");
  if (!isAsked) return "the link is refused";
  if (!index && failed.includes("ledger")) return "nobody could say in time";
  switch (stateOf(findings)) {
    case "expired":
      return "its tenant wanted it gone by now";
    case "stale":
      return "the copy is old";
    case "ready":
      return "the key is that of another object";
    default:
      return "there is no copy";
  }
}
