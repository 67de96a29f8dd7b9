import type { FormState } from "../frame/forms.ts";
import { Choose, Field } from "../parts/field.tsx";
import type { EstimateWish, Estimator } from "./estimate.ts";

/** A month of what a year of the largest customer would be. */
const MAX_GB = 100_000_000;
/** 5 TB: what one object may have. */
const MAX_FILE_MB = 5_000_000;

const MODES = [
  ["auto", "Through Snapbyte, up to 1 GiB (one transfer)"],
  ["redirect", "Straight to the bucket (two transfers)"],
  ["stream", "Always through Snapbyte (one transfer)"],
] as const;

/** What is asked before anybody has typed. */
export const DEFAULTS = { gb: "10000", repeat: "70", size: "25", mode: "auto" };

/** What the estimate depends on. */
export function Questions({ form, estimator }: { form: FormState; estimator: Estimator }) {
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

/** What was asked; `wish` is `null` where it cannot be answered, and `errors` say why, by field. */
export function readWish(values: Readonly<Record<string, string>>, estimator: Estimator | null) {
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
