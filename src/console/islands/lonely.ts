/** The places of values without a neighbour: no line leads to them, so that they need a point of their own. */
export function lonely(values: readonly (number | null)[]): number[] {
  const isHere = (at: number) => values[at] != null;
  return values.flatMap((_, at) => (isHere(at) && !isHere(at - 1) && !isHere(at + 1) ? [at] : []));
}

/** Labels of an axis, each once: where its ticks lie closer than what they name, only the first of a row says so. */
export function withoutRepetition(labels: readonly string[]): string[] {
  return labels.map((label, at) => (label === labels[at - 1] ? "" : label));
}
