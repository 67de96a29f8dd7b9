import type { Figures } from "../measure/figures.ts";

/** What a miss may take at most, as its client sees it, of a bare Worker that reads KV once. */
const MOST_WAITED = 1.5;

/** Whether a miss is as quick as that, by the medians at the steady rate. */
export function waited(figures: readonly Figures[]): string {
  const [kv, miss] = ["bare-kv", "miss"].map((name) => figures.find((each) => each.name === name));
  if (!kv || !miss) throw new Error("no miss was measured");
  const ratio = miss.p50Ms / kv.p50Ms;
  const word = ratio <= MOST_WAITED ? "holds" : "FAILS";
  return `As its client sees it a miss takes ${ratio.toFixed(2)} times bare-kv (p50): the bar of ${MOST_WAITED} ${word}`;
}
