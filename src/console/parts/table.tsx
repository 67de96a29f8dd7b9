import type { ComponentChildren } from "preact";

export type Column<Row> = {
  readonly label: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Figures stand under each other at the right. */
  readonly numeric?: boolean;
  /** Whether the cell is the row's name. */
  readonly heads?: boolean;
  /** Left out on a phone, where the row's own page has it. */
  readonly wide?: boolean;
  /** A column of buttons, whose heading is only read out. */
  readonly quiet?: boolean;
};

type Props<Row> = {
  /** What the table is, for those who cannot see where it stands. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Shown above the table, too. */
  readonly showCaption?: boolean;
  /** Many short figures: close together on a phone. */
  readonly tight?: boolean;
};

type TableRole = "table" | "rowgroup" | "row" | "columnheader" | "rowheader" | "cell";

/**
 * A table with a caption and scopes; wider than the screen, it scrolls by itself, by keyboard too. Where there are buttons in
 * it, a phone shows each row as a block, so that none is out of sight; roles keep it a table for who listens.
 */
export function Table<Row>({ caption, columns, rows, rowKey, showCaption = false, tight = false }: Props<Row>) {
  const stacks = columns.some(({ quiet }) => quiet);
  const role = (name: TableRole) => (stacks ? { role: name } : {});
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be within reach of the keyboard
    <section class="table-scroll" aria-label={caption} tabIndex={0}>
      <table class={stacks ? "stacks" : tight ? "tight" : undefined} {...role("table")}>
        <caption class={showCaption ? undefined : "visually-hidden"}>{caption}</caption>
        <thead {...role("rowgroup")}>
          <tr {...role("row")}>
            {columns.map((column) => (
              <th key={column.label} scope="col" class={classOf(column)} {...role("columnheader")}>
                {column.quiet ? <span class="visually-hidden">{column.label}</span> : column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...role("rowgroup")}>
          {rows.map((row) => (
            <tr key={rowKey(row)} {...role("row")}>
              {columns.map((column) =>
                column.heads ? (
                  <th key={column.label} scope="row" class={classOf(column)} {...role("rowheader")}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td
                    key={column.label}
                    class={classOf(column)}
                    data-label={stacks ? column.label : undefined}
                    {...role("cell")}
                  >
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function classOf({ numeric, wide, quiet }: Pick<Column<never>, "numeric" | "wide" | "quiet">): string | undefined {
  return [numeric && "num", wide && "only-wide", quiet && "acts"].filter(Boolean).join(" ") || undefined;
}
