import type { Entry } from "../api/entries.ts";
import { bytes, count } from "../format/numbers.ts";
import type { TenantCall } from "../frame/call.ts";
import { FormError, type FormState } from "../frame/forms.ts";
import { may } from "../identity.ts";
import { Check } from "../parts/field.tsx";
import { Table } from "../parts/table.tsx";
import { When } from "../parts/when.tsx";
import { EntryBadge } from "./entry-badge.tsx";
import { at } from "./tenant-page.tsx";

/** A box of the table is called so, with the key behind it. */
const CHOSEN = "chosen ";

/** The keys whose boxes are ticked. Throws {@link FormError} when none is. */
export function chosenKeys(values: Readonly<Record<string, string>>): string[] {
  const names = Object.keys(values).filter((name) => name.startsWith(CHOSEN));
  if (names.length === 0) throw new FormError("Tick the files that are meant, in front of their keys.");
  return names.map((name) => name.slice(CHOSEN.length));
}

type Props = {
  readonly call: TenantCall;
  readonly entries: readonly Entry[];
  readonly form: FormState;
  readonly action: string;
};

/** Files, and for who may purge a box in front of each. */
export function FileTable({ call, entries, form, action }: Props) {
  if (!may(call.member, "cache:purge")) return <Rows call={call} entries={entries} form={null} />;
  return (
    <form method="post" action={action} class="chosen-rows" aria-label="Chosen files">
      <input type="hidden" name="form" value="chosen" />
      {form.problem && (
        <p class="notice notice-bad" role="alert">
          {form.problem}
        </p>
      )}
      <Rows call={call} entries={entries} form={form} />
      <details class="confirm" open={form.problem !== null}>
        <summary>Purge those that are ticked…</summary>
        <p>The copies are taken away everywhere. The next downloads go to the origin.</p>
        <Check
          form={form}
          name="soft"
          id="chosen-soft"
          label="Softly"
          hint="The old copies are served until the next download has them made anew."
        />
        <button type="submit" class="danger">
          Purge the files
        </button>
      </details>
    </form>
  );
}

function Rows({ call, entries, form }: Pick<Props, "call" | "entries"> & { readonly form: FormState | null }) {
  return (
    <Table
      caption="Files"
      tight
      rows={entries}
      rowKey={({ key }) => key}
      columns={[
        ...(form
          ? [
              {
                label: "Choose",
                quiet: true,
                cell: ({ key }: Entry) => (
                  <input
                    type="checkbox"
                    aria-label={`Choose ${key}`}
                    name={CHOSEN + key}
                    value="yes"
                    checked={form.values[CHOSEN + key] === "yes"}
                  />
                ),
              },
            ]
          : []),
        { label: "Key", heads: true, cell: (entry: Entry) => <Key call={call} entry={entry} /> },
        { label: "State", cell: (entry: Entry) => <EntryBadge entry={entry} /> },
        { label: "Size", numeric: true, wide: true, cell: ({ size }: Entry) => (size === null ? "—" : bytes(size)) },
        { label: "Hits", numeric: true, wide: true, cell: ({ hits }: Entry) => count(hits) },
        { label: "Type", wide: true, cell: ({ content_type }: Entry) => content_type ?? "—" },
        { label: "Changed", wide: true, cell: ({ updated_at }: Entry) => <When at={updated_at} now={call.now} /> },
      ]}
    />
  );
}

/** With what is wrong, or what it is tagged with; one that is named by its URL, with the URL. */
function Key({ call, entry: { key, tags, error, source_url } }: { call: TenantCall; entry: Entry }) {
  return (
    <>
      <a class="file-key mono" href={at(call, "files", key)} title={key}>
        {partsOf(key).map((part) => (
          <span key={part}>{part}</span>
        ))}
      </a>
      {key.startsWith("url-") && <span class="note">{source_url}</span>}
      {error ? (
        <span class="note">{error.message}</span>
      ) : (
        tags.length > 0 && <span class="note">{tags.join(", ")}</span>
      )}
    </>
  );
}

/** What comes before the file's name, and the name: keys are told apart by their ends. */
function partsOf(key: string): readonly string[] {
  const cut = key.lastIndexOf("/", key.length - 2) + 1;
  return cut === 0 ? [key] : [key.slice(0, cut), key.slice(cut)];
}
