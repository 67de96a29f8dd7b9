import { fromNow, moment } from "../format/times.ts";

/** A moment, told from now; exactly where somebody points at it or listens. */
export function When({ at, now }: { readonly at: string | null; readonly now: number }) {
  if (at === null) return <span class="muted">—</span>;
  return (
    <time dateTime={at} title={moment(at)}>
      {fromNow(at, now)}
    </time>
  );
}
