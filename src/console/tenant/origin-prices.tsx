import { ORIGIN_TARIFFS } from "../../core/pricing/origin-tariffs.ts";
import type { Origin } from "../api/settings.ts";
import type { FormState } from "../frame/forms.ts";
import { Badge } from "../parts/badge.tsx";
import { Choose, Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { BY_HOST, OWN, pricesForm } from "./read-prices.ts";

const PROVIDERS = {
  ...{ s3: "Amazon S3", cloudfront: "Amazon CloudFront", gcs: "Google Cloud Storage", azure: "Azure Blob Storage" },
  ...{ r2: "Cloudflare R2", own: "Own" },
} as const;

const GB = [
  ["binary", "2^30 bytes, as the large vendors count"],
  ["decimal", "10^9 bytes"],
] as const;

/** Each table once, whatever versions it has, by provider. */
const TABLES = [...new Map(ORIGIN_TARIFFS.map((tariff) => [tariff.id, tariff])).values()];
const GROUPS = [...Map.groupBy(TABLES, ({ provider }) => PROVIDERS[provider])].map(
  ([label, tables]) => [label, tables.map(({ id, where }) => [id, where] as const)] as const,
);

type Props = {
  readonly rule: Origin;
  /** What was typed for this rule and could not be done. */
  readonly form: FormState | null;
  readonly action: string;
  readonly mayChange: boolean;
  /** Whether somebody wants to change this one. */
  readonly chosen: boolean;
};

/** By what an origin's traffic is put into money, and the form to choose it: for one origin, since it has every table. */
export function OriginPrices({ rule, form, action, mayChange, chosen }: Props) {
  const { id, origin } = rule;
  return (
    <div id={`prices-${id}`}>
      <InForce rule={rule} />
      {mayChange &&
        (chosen || form ? (
          <div class="confirm set">
            <ChoosePrices rule={rule} form={form ?? pricesForm(rule)} action={action} />
          </div>
        ) : (
          <a class="note" href={`${action}?prices=${id}#prices-${id}`} aria-label={`Change the prices of ${origin}`}>
            Change…
          </a>
        ))}
    </div>
  );
}

function InForce({ rule: { prices, priced_by } }: { rule: Origin }) {
  if (!priced_by) {
    return (
      <>
        <Badge tone="warn">no prices</Badge>
        <span class="note">No savings are claimed for it.</span>
      </>
    );
  }
  const perGb = prices?.own?.per_gb;
  const own = typeof perGb === "string" ? `$${perGb} a GB` : "by tiers of a month";
  const note = prices?.own ? own : prices ? "chosen" : priced_by.certain ? "by its host" : "a guess by its host";
  return (
    <>
      {priced_by.where}
      <span class="note">{note}</span>
    </>
  );
}

function ChoosePrices({ rule: { id, origin }, form, action }: { rule: Origin; form: FormState; action: string }) {
  return (
    <Form form={form} action={action} name="prices" submit="Set the prices" label={`Prices of ${origin}`}>
      <input type="hidden" name="id" value={id} />
      <div class={form.errors.prices ? "field field-wrong" : "field"}>
        <label for={`f-prices-${id}`}>Price table</label>
        <select
          id={`f-prices-${id}`}
          name="prices"
          aria-describedby={form.errors.prices ? `e-prices-${id}` : undefined}
        >
          <Option form={form} value={BY_HOST} label="By its host" />
          <Option form={form} value={OWN} label="Your own prices, below" />
          {GROUPS.map(([label, tables]) => (
            <optgroup key={label} label={label}>
              {tables.map(([value, where]) => (
                <Option key={value} form={form} value={value} label={where} />
              ))}
            </optgroup>
          ))}
        </select>
        {form.errors.prices && (
          <p class="wrong" id={`e-prices-${id}`}>
            {form.errors.prices}
          </p>
        )}
      </div>
      <Field
        form={form}
        name="per_gb"
        id={`per_gb-${id}`}
        label="Dollars for a GB"
        hint="Of prices of your own. Tiers of a month are set through the API."
        inputmode="decimal"
      />
      <Field
        form={form}
        name="per_million"
        id={`per_million-${id}`}
        label="For a million requests"
        inputmode="decimal"
      />
      <Choose form={form} name="gb" id={`gb-${id}`} label="A GB has" choices={GB} />
    </Form>
  );
}

function Option({ form, value, label }: { form: FormState; value: string; label: string }) {
  return (
    <option value={value} selected={(form.values.prices ?? "") === value}>
      {label}
    </option>
  );
}
