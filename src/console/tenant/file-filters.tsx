import type { ComponentChildren } from "preact";
import { ENTRY_STATES } from "../api/entries.ts";
import type { FormState } from "../frame/forms.ts";
import { Choose, Field } from "../parts/field.tsx";
import { type FileSearch, WAYS } from "./file-search.ts";

const STATES = [["", "Any"], ...ENTRY_STATES.map((state) => [state, state] as const)] as const;

/** What the filters' fields hold for this search. */
export function filterValues({ text, way, status, tag }: FileSearch): Record<string, string> {
  return { q: text, way, status: status ?? "", tag };
}

/** Which files are shown. What is typed stands in the page's address, so that it can be kept and sent on. */
export function FileFilters({ form, action }: { readonly form: FormState; readonly action: string }) {
  return (
    <form class="filters" method="get" action={action} aria-label="Files">
      {form.problem && (
        <p class="notice notice-bad" role="alert">
          {form.problem}
        </p>
      )}
      <Field form={form} name="q" label="Search" type="search" placeholder="a name, a key, a URL" mono />
      <Narrow>
        <Choose form={form} name="way" label="How" choices={WAYS} />
      </Narrow>
      <Narrow>
        <Choose form={form} name="status" label="State" choices={STATES} />
      </Narrow>
      <Narrow>
        <Field form={form} name="tag" id="tag-filter" label="Tag" type="search" mono />
      </Narrow>
      <button type="submit" class="quiet">
        Show
      </button>
    </form>
  );
}

function Narrow({ children }: { readonly children: ComponentChildren }) {
  return <div class="narrow-field">{children}</div>;
}
