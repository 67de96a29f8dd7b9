/** Measures what a download waits for. */
export type Stopwatch = {
  /** The same function, which is measured as a step of this name. */
  timed<Args extends readonly unknown[], Value>(
    step: string,
    work: (...args: Args) => Promise<Value>,
  ): (...args: Args) => Promise<Value>;
  /** A Server-Timing field (https://www.w3.org/TR/server-timing/): the ms of each step until now, and of all together. */
  field(): string;
};

/**
 * `now` in ms. A Worker's clock stands still while it computes
 * (https://developers.cloudflare.com/workers/reference/security-model/): what is measured is how long others were waited
 * for. Steps may overlap, and one that was given up counts for as long as it was waited for.
 */
export function stopwatch(now: () => number): Stopwatch {
  const began = now();
  const steps: { readonly name: string; readonly from: number; until: number | null }[] = [];
  return {
    timed:
      (name, work) =>
      async (...args) => {
        const step: (typeof steps)[number] = { name, from: now(), until: null };
        steps.push(step);
        try {
          return await work(...args);
        } finally {
          step.until = now();
        }
      },
    field() {
      const end = now();
      const sums = new Map<string, number>();
      for (const { name, from, until } of steps) sums.set(name, (sums.get(name) ?? 0) + (until ?? end) - from);
      return [...sums, ["total", end - began] as const].map(([name, ms]) => `${name};dur=${ms}`).join(", ");
    },
  };
}
