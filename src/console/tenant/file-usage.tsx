import { ApiProblem } from "../api/client.ts";
import type { Activity } from "../api/usage.ts";
import { bytes, count, counted, percent } from "../format/numbers.ts";
import { FigureRow } from "../parts/figure-row.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";

/** What a file was used for, or why that cannot be told. */
export function FileUsage({ usage }: { readonly usage: Activity | ApiProblem }) {
  return (
    <section class="section" aria-labelledby="used">
      <h2 id="used">The last 30 days</h2>
      {usage instanceof ApiProblem ? <ProblemNote what="Usage" problem={usage} /> : <Figures usage={usage} />}
    </section>
  );
}

function Figures({ usage }: { readonly usage: Activity }) {
  const { hits, misses, deliveredBytes, originBytes, fills, failedFills } = usage;
  return (
    <FigureRow
      label="Usage of the file"
      stats={[
        { label: "Hits", value: count(hits), note: `${percent(hits, hits + misses)} of ${count(hits + misses)}` },
        { label: "Misses", value: count(misses) },
        { label: "Delivered", value: bytes(deliveredBytes) },
        {
          label: "From the origin",
          value: bytes(originBytes),
          note: `${counted(fills, "copy", "copies")} made${failedFills > 0 ? `, ${count(failedFills)} failed` : ""}`,
        },
      ]}
    />
  );
}
