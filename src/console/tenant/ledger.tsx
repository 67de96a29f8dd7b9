import type { Amounts, Savings } from "../api/savings.ts";
import { dollars } from "../format/money.ts";
import { inWholeCents } from "../format/whole-cents.ts";
import { DayName } from "../parts/day-name.tsx";
import { Empty } from "../parts/empty.tsx";

/** The savings, a day on each line, in whole cents that add up in lines and columns. */
export function Ledger({ savings }: { savings: Savings }) {
  const { days, total } = inWholeCents(savings.days);
  if (days.length === 0) {
    return (
      <Empty title="No row yet">
        <p>The first one comes with the first day of traffic.</p>
      </Empty>
    );
  }
  const cells = (row: Amounts) =>
    [row.would_have_paid, row.paid_to_origin, row.paid_to_platform, row.saved].map(dollars);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be within reach of the keyboard
    <section class="table-scroll" aria-label="Ledger of savings" tabIndex={0}>
      <table class="tight">
        <caption class="visually-hidden">Ledger of savings</caption>
        <thead>
          <tr>
            <th scope="col">Day (UTC)</th>
            {["Without a cache", "To origins", "To the platform", "Saved"].map((label) => (
              <th key={label} scope="col" class="num">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...days].reverse().map((row) => (
            <tr key={row.day}>
              <th scope="row">
                <DayName iso={`${row.day}T00:00:00Z`} />
              </th>
              {cells(row).map((text, at) => (
                <td key={at} class="num">
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            {cells(total).map((text, at) => (
              <td key={at} class="num">
                {text}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
