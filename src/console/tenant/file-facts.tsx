import type { Entry } from "../api/entries.ts";
import { bytes, count, percent } from "../format/numbers.ts";
import { moment } from "../format/times.ts";
import { Facts } from "../parts/facts.tsx";
import { When } from "../parts/when.tsx";
import { EntryBadge } from "./entry-badge.tsx";

/** All that is known of a file's copy. */
export function FileFacts({ entry, now }: { readonly entry: Entry; readonly now: number }) {
  const exact = (at: string | null) => (at === null ? "—" : moment(at));
  return (
    <Facts
      facts={[
        ["State", <EntryBadge key="state" entry={entry} />],
        ["Source", <code key="source">{entry.source_url}</code>],
        ["Size", entry.size === null ? "—" : `${bytes(entry.size)} (${count(entry.size)} bytes)`],
        ["Hits", count(entry.hits)],
        ["Type", entry.content_type ?? "—"],
        ["ETag", entry.etag ? <code key="etag">{entry.etag}</code> : "—"],
        ["SHA-256", entry.sha256 ? <code key="sha">{entry.sha256}</code> : "—"],
        ["Tags", entry.tags.length > 0 ? entry.tags.join(", ") : "none"],
        ["Stored", exact(entry.stored_at)],
        ["Fresh until", entry.fresh_until ? moment(entry.fresh_until) : "it does not get old by itself"],
        ["Removed at", entry.expires_at ? moment(entry.expires_at) : "never, by itself"],
        ["Changed", <When key="changed" at={entry.updated_at} now={now} />],
        ["Wanted anew", entry.refresh_wanted ? "yes, by the next download" : "no"],
      ]}
    />
  );
}

/** How far a copy has come that is being made. */
export function FillProgress({ progress }: { readonly progress: NonNullable<Entry["progress"]> }) {
  const { bytes: got, total_bytes: total, parts, total_parts, attempts } = progress;
  return (
    <div class="limit">
      <p class="limit-line">
        <strong id="fill">A copy is being made</strong>
        <span>
          {bytes(got)}
          {total !== null && ` of ${bytes(total)}, ${percent(got, total)}`}
        </span>
      </p>
      {total !== null && <progress aria-labelledby="fill" max={total} value={got} />}
      <p class="muted">
        {count(parts)} {total_parts === null ? "parts" : `of ${count(total_parts)} parts`} stored, attempt{" "}
        {count(attempts)}
      </p>
    </div>
  );
}
