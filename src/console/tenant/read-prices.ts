import { PRICE_TEXT } from "../../core/pricing/money.ts";
import type { Origin } from "../api/settings.ts";
import { blank, FormError, type FormState } from "../frame/forms.ts";

/** What the select says where it names no table. */
export const BY_HOST = "";
export const OWN = "own";

/** What `POST …/origins` with the form `prices` asks of the API. Throws {@link FormError} for what is no price. */
export function pricesOf(values: Readonly<Record<string, string>>): Record<string, unknown> | null {
  const { prices = BY_HOST, per_gb = "", per_million = "", gb } = values;
  if (prices === BY_HOST) return null;
  if (prices !== OWN) return { table: prices };
  const per_million_requests = per_million || "0";
  const wrong = Object.entries({ per_gb, per_million: per_million_requests }).filter(
    ([, text]) => !PRICE_TEXT.test(text),
  );
  if (wrong.length > 0) {
    throw new FormError(null, Object.fromEntries(wrong.map(([name]) => [name, "A price in dollars, such as 0.0873."])));
  }
  return { own: { per_gb, per_million_requests, gb: gb === "decimal" ? "decimal" : "binary" } };
}

/** The form as it is before anybody has typed: with what is in force. */
export function pricesForm({ prices }: Origin): FormState {
  const { table, own } = prices ?? {};
  const per_gb = typeof own?.per_gb === "string" ? own.per_gb : "";
  const terms = { per_gb, per_million: own?.per_million_requests ?? "", gb: own?.gb ?? "binary" };
  return blank({ prices: own ? OWN : (table ?? BY_HOST), ...terms });
}
