import type { ComponentChildren } from "preact";

export type Stat = {
  readonly label: string;
  readonly value: ComponentChildren;
  /** What the value means, or how it came about. */
  readonly note?: ComponentChildren;
  /** The one that the page is about. */
  readonly main?: boolean;
};

/** The figures that a page begins with. */
export function FigureRow({ stats, label }: { readonly stats: readonly Stat[]; readonly label: string }) {
  return (
    <dl class="figures" aria-label={label}>
      {stats.map(({ label, value, note, main }) => (
        <div key={label} class={main ? "figure figure-main" : "figure"}>
          <dt>{label}</dt>
          <dd>
            <span class="value">{value}</span>
            {note && <span class="note">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
