import { dollars } from "../format/money.ts";
import { percent } from "../format/numbers.ts";
import { FigureRow } from "../parts/figure-row.tsx";
import type { EstimateAnswer } from "./estimate.ts";

/** A month in an account that adds up, and where its prices come from. */
export function Answer({ answer }: { answer: EstimateAnswer }) {
  const { wouldHavePaid, paidToOrigin, paidToPlatform, saved, sources } = answer;
  const share = percent(Number(saved), Number(wouldHavePaid));
  const loses = saved < 0n;
  return (
    <>
      <FigureRow
        label="Estimate"
        stats={[
          {
            label: loses ? "It would cost more each month" : "Saved each month",
            value: dollars(loses ? -saved : saved),
            note: loses ? "Snapbyte is not for this traffic." : `${share} of what you pay now`,
            main: true,
          },
        ]}
      />
      <div class="table-scroll">
        <table>
          <caption>The month in an account that adds up</caption>
          <tbody>
            <Line label="The origin alone would charge" amount={wouldHavePaid} />
            <Line label="Less: the origin, for first downloads and fills" amount={-paidToOrigin} />
            <Line label="Less: the platform, for requests, storage and writes" amount={-paidToPlatform} />
          </tbody>
          <tfoot>
            <Line label={loses ? "More to pay" : "Saved"} amount={saved} />
          </tfoot>
        </table>
      </div>
      <details class="more">
        <summary>Where the prices come from</summary>
        <ul>
          {sources.map(({ page, asOf, note }) => (
            <li key={page + asOf}>
              <a href={page} rel="noreferrer">
                {page}
              </a>{" "}
              as of {asOf}. {note}
            </li>
          ))}
        </ul>
        <p class="muted">List prices, without taxes, discounts of yours, or a plan of Snapbyte's.</p>
      </details>
    </>
  );
}

function Line({ label, amount }: { label: string; amount: bigint }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td class="num">{dollars(amount)}</td>
    </tr>
  );
}
