import { dollars } from "../format/money.ts";
import { percent } from "../format/numbers.ts";
import { page } from "../frame/answer.ts";
import type { Call } from "../frame/call.ts";
import type { FormState } from "../frame/forms.ts";
import { SiteLayout } from "../frame/site-layout.tsx";
import { Empty } from "../parts/empty.tsx";
import { Choose, Field } from "../parts/field.tsx";
import { FigureRow } from "../parts/figure-row.tsx";
import type { EstimateAnswer, EstimateWish, Estimator } from "./estimate.ts";

/** A month of what a year of the largest customer would be. */
const MAX_GB = 100_000_000;
/** 5 TB: what one object may have. */
const MAX_FILE_MB = 5_000_000;

const MODES = [
  ["auto", "Through Snapbyte, up to 1 GiB (one transfer)"],
  ["redirect", "Straight to the bucket (two transfers)"],
  ["stream", "Always through Snapbyte (one transfer)"],
] as const;

const DEFAULTS = { gb: "10000", repeat: "70", size: "25", mode: "auto" };

/** `GET /calculator`: the form is a question, so its answer has an address. */
export async function calculator(call: Call): Promise<Response> {
  const { estimator } = call.parts;
  const asked = Object.fromEntries(call.url.searchParams);
  const values = { ...DEFAULTS, tariff: estimator?.tariffs[0]?.id ?? "", ...asked };
  const { wish, errors } = readWish(values, estimator);
  const form: FormState = { values, errors, problem: null };
  const answer = wish && estimator ? estimator.estimate(wish) : null;
  return page(
    call,
    <SiteLayout call={call} title="Savings calculator" description="What would a month of your downloads save?">
      <h1>What would it save?</h1>
      <p class="lead">
        Everything depends on how often the same file is downloaded again. The same code that makes this estimate writes
        the ledger of real savings.
      </p>
      {estimator ? (
        <div class="two">
          <Questions form={form} estimator={estimator} />
          <section id="estimate" class="estimate" aria-label="Estimate" aria-live="polite">
            {answer ? (
              <Answer answer={answer} />
            ) : (
              <p class="notice notice-bad">Some of the fields need another look.</p>
            )}
          </section>
        </div>
      ) : (
        <Empty title="There are no price tables in this deployment">
          <p>So there is nothing to calculate with, and we do not guess. The documentation says what is charged for.</p>
          <a class="button quiet" href="/docs/start">
            Read the documentation
          </a>
        </Empty>
      )}
    </SiteLayout>,
    { status: estimator && !answer ? 400 : 200 },
  );
}

function Questions({ form, estimator }: { form: FormState; estimator: Estimator }) {
  return (
    <form class="form" action="/calculator" method="get" data-calculator>
      <Field
        form={form}
        name="gb"
        label="GB downloaded in a month"
        type="number"
        min={1}
        max={MAX_GB}
        step="any"
        required
      />
      <Choose
        form={form}
        name="tariff"
        label="Where the files are"
        choices={estimator.tariffs.map(({ id, where }) => [id, where])}
      />
      <Field
        form={form}
        name="repeat"
        label="Repeats, in percent"
        hint="Of 100 downloads, how many are of a file that was downloaded before?"
        type="number"
        min={0}
        max={100}
        step="any"
        required
      />
      <Field
        form={form}
        name="size"
        label="Size of a file, in MB"
        hint="Requests count too: small files cost more of them."
        type="number"
        min={0.001}
        max={MAX_FILE_MB}
        step="any"
        required
      />
      <Choose form={form} name="mode" label="How a first download goes" choices={MODES} />
      <p class="form-submit">
        <button type="submit">Calculate</button>
      </p>
    </form>
  );
}

function Answer({ answer }: { answer: EstimateAnswer }) {
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

function readWish(values: Readonly<Record<string, string>>, estimator: Estimator | null) {
  const errors: Record<string, string> = {};
  const number = (name: string, low: number, high: number) => {
    const value = Number(values[name] || Number.NaN);
    if (!(value >= low && value <= high)) errors[name] = `A number from ${low} to ${high.toLocaleString("en-US")}.`;
    return value;
  };
  const mode = MODES.find(([id]) => id === values.mode)?.[0] ?? "auto";
  const tariff = values.tariff ?? "";
  if (!estimator?.tariffs.some(({ id }) => id === tariff)) errors.tariff = "Choose one of the list.";
  const wish: EstimateWish = {
    ...{ tariff, mode, gbPerMonth: number("gb", 1, MAX_GB), repeatPercent: number("repeat", 0, 100) },
    fileMegabytes: number("size", 0.001, MAX_FILE_MB),
  };
  return { wish: Object.keys(errors).length === 0 ? wish : null, errors };
}
