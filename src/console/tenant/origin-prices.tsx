import { ORIGIN_TARIFFS } from "../../core/pricing/origin-tariffs.ts";
import type { Origin } from "../api/settings.ts";
import type { FormState } from "../frame/forms.ts";
import { Badge } from "../parts/badge.tsx";
import { Choose, Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { BY_HOST, OWN } from "./read-prices.ts";

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

/** By what an origin's traffic is put into money. */
export function PricesInForce({ rule: { prices, priced_by } }: { rule: Origin }) {
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

type Props = { readonly rule: Origin; readonly form: FormState; readonly action: string };

/** The form to choose an origin's prices: a page has it for one of them, since it names every table. */
export function ChoosePrices({ rule: { id, origin }, form, action }: Props) {
  const { prices: problem } = form.errors;
  return (
    <section class="panel" aria-labelledby="prices">
      <h2 id="prices">
        Prices of <code>{origin}</code>
      </h2>
      <p class="muted">
        What your provider charges for sending files out. It counts for the whole ledger, for what is past as well.
      </p>
      <Form form={form} action={action} name="prices" submit="Set the prices" inline>
        <input type="hidden" name="id" value={id} />
        <div class={problem ? "field field-wrong" : "field"}>
          <label for="f-prices">Price table</label>
          <select id="f-prices" name="prices" aria-describedby={problem ? "e-prices" : undefined}>
            <Option form={form} value={BY_HOST} label="By its host" />
            <Option form={form} value={OWN} label="Your own prices" />
            {GROUPS.map(([label, tables]) => (
              <optgroup key={label} label={label}>
                {tables.map(([value, where]) => (
                  <Option key={value} form={form} value={value} label={where} />
                ))}
              </optgroup>
            ))}
          </select>
          {problem && (
            <p class="wrong" id="e-prices">
              {problem}
            </p>
          )}
        </div>
        <Field
          form={form}
          name="per_gb"
          label="Your own: dollars for a GB"
          hint="Tiers of a month are set through the API."
          inputmode="decimal"
        />
        <Field form={form} name="per_million" label="For a million requests" inputmode="decimal" />
        <Choose form={form} name="gb" label="A GB has" choices={GB} />
      </Form>
    </section>
  );
}

function Option({ form, value, label }: { form: FormState; value: string; label: string }) {
  return (
    <option value={value} selected={(form.values.prices ?? "") === value}>
      {label}
    </option>
  );
}
