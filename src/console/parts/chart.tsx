import type { ComponentChildren } from "preact";

export type Series = {
  readonly label: string;
  /** Values in the order of the moments; `null`: nothing is known of that one. */
  readonly values: readonly (number | null)[];
  readonly tone: "accent" | "muted" | "warn";
};

type Props = {
  readonly id: string;
  readonly title: string;
  /** The chart in a sentence. */
  readonly summary: string;
  /** ISO 8601. */
  readonly moments: readonly string[];
  readonly label: (iso: string) => string;
  readonly series: readonly Series[];
  readonly unit: "count" | "bytes" | "dollars" | "percent";
  readonly format: (value: number) => string;
  /** Said instead of a chart of nothing. */
  readonly empty: ComponentChildren;
  readonly kind?: "line" | "bars";
};

/**
 * A chart. Its figures stand in a table, which is what a screen reader reads and what there is without a script; the script
 * draws from that very table, so that both show the same.
 */
export function Chart(props: Props) {
  const { id, title, summary, moments, label, series, unit, format, empty, kind = "line" } = props;
  const some = series.some(({ values }) => values.some((value) => value !== null && value !== 0));
  return (
    <figure class="chart" id={id} aria-labelledby={`${id}-title`}>
      <figcaption>
        <h2 id={`${id}-title`}>{title}</h2>
        <p>{some ? summary : empty}</p>
      </figcaption>
      {some && (
        <>
          <div class="chart-place" data-chart={kind} data-unit={unit} data-table={`${id}-table`} />
          <details class="chart-table">
            <summary>Show as a table</summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be within reach of the keyboard */}
            <section class="table-scroll" aria-label={`${title}, as a table`} tabIndex={0}>
              <table id={`${id}-table`}>
                <caption class="visually-hidden">{title}</caption>
                <thead>
                  <tr>
                    <th scope="col">Time (UTC)</th>
                    {series.map((each) => (
                      <th key={each.label} scope="col" class="num" data-tone={each.tone}>
                        {each.label}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {moments.map((at, row) => (
                    <tr key={at} data-at={Date.parse(at) / 1000}>
                      <th scope="row">{label(at)}</th>
                      {series.map((each) => {
                        const value = each.values[row] ?? null;
                        return (
                          <td key={each.label} class="num" data-value={value ?? ""}>
                            {value === null ? "—" : format(value)}
                          </td>
                        );
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          </details>
        </>
      )}
    </figure>
  );
}
