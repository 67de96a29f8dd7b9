import type { Entry } from "../api/entries.ts";
import { Badge, type Tone } from "../parts/badge.tsx";

const TONES: Readonly<Record<Entry["status"], Tone>> = {
  ready: "good",
  filling: "busy",
  stale: "warn",
  failed: "bad",
  purged: "quiet",
};

/** Where an entry stands. */
export function EntryBadge({ entry }: { readonly entry: Pick<Entry, "status"> }) {
  return <Badge tone={TONES[entry.status]}>{entry.status}</Badge>;
}
