import { ApiProblem, INSUFFICIENT_SCOPE } from "../api/client.ts";
import { FormError, type FormState } from "./forms.ts";

/** How a form's action ended: done, or the form as it was, with what to do about it. */
export type Attempt<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly form: FormState };

/** The API names the field first: `origin: must be …`, `url is required.` */
const NAMED = /^([a-z_]+)(?:\.\d+|\.[a-z_]+)*(?:: | (?=is required))(.*)$/s;

/**
 * Does what a form asks for. What the person can mend comes back with the form, at the field that it is about where
 * `fields` has one of that name; everything else is thrown on.
 */
export async function attempt<Value>(
  values: Readonly<Record<string, string>>,
  action: () => Promise<Value>,
  fields: readonly string[] = Object.keys(values),
): Promise<Attempt<Value>> {
  try {
    return { ok: true, value: await action() };
  } catch (error) {
    const form = formOf(error, values, fields);
    if (!form) throw error;
    return { ok: false, form };
  }
}

function formOf(error: unknown, values: Readonly<Record<string, string>>, fields: readonly string[]): FormState | null {
  if (error instanceof FormError) return { values, errors: error.fields, problem: error.message || null };
  // Not 401: whoever is no longer signed in has to sign in. Not 404: what the page is about is gone.
  if (!(error instanceof ApiProblem) || error.status >= 500 || [401, 404].includes(error.status)) return null;
  // Who may not send the form was not shown it.
  if (error.code === INSUFFICIENT_SCOPE) return null;
  const [, field = "", rest = ""] = NAMED.exec(error.message) ?? [];
  if (!fields.includes(field)) return { values, errors: {}, problem: error.message };
  return { values, errors: { [field]: sentence(rest) }, problem: null };
}

function sentence(text: string): string {
  const whole = text.startsWith("is ") || text.startsWith("must ") ? `This ${text}` : text;
  return whole.charAt(0).toUpperCase() + whole.slice(1);
}
