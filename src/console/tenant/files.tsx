import { ENTRY_STATES, type Entry, findEntry, listEntries, preload, purgeMany } from "../api/entries.ts";
import { inspect } from "../api/links.ts";
import { bytes, count, counted } from "../format/numbers.ts";
import { attempt } from "../frame/attempt.ts";
import type { TenantCall } from "../frame/call.ts";
import { blank, type FormState, listOf, readForm, required } from "../frame/forms.ts";
import { may } from "../identity.ts";
import { Empty } from "../parts/empty.tsx";
import { Check, Choose, Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { Pager } from "../parts/pager.tsx";
import { Table } from "../parts/table.tsx";
import { When } from "../parts/when.tsx";
import { EntryBadge } from "./entry-badge.tsx";
import { purgeSelection, SELECTORS } from "./purge-selection.ts";
import { at, demand, done, tenantPage } from "./tenant-page.tsx";

/** Rows of one page: some 15 kB of HTML. */
const PAGE_ROWS = 50;

type Forms = { readonly preload: FormState; readonly purge: FormState };

/** `GET …/files?status=&q=&cursor=`. */
export async function files(call: TenantCall): Promise<Response> {
  return await show(call, { preload: blank(), purge: blank({ by: "key" }) });
}

/** `POST …/files`: has a copy made, or takes several away. */
export async function actOnFiles(call: TenantCall): Promise<Response> {
  const values = await readForm(call.request);
  if (values.form === "purge") {
    const result = await attempt(values, async () => {
      demand(call, "cache:purge");
      return await purgeMany(call.api, purgeSelection(values));
    });
    if (!result.ok) return await show(call, { preload: blank(), purge: result.form }, 422);
    const { status, purged = 0 } = result.value;
    const text =
      status === "done" ? `${counted(purged, "file")} purged.` : "The purge is under way; large ones take a while.";
    return done(call, at(call, "files"), text);
  }
  const result = await attempt(values, async () => {
    demand(call, "preload:write");
    const url = required(values, "url", "Paste the signed URL of the file.");
    const { hash, tags } = values;
    return await preload(call.api, { url, ...(hash && { hash }), ...(tags && { tags: listOf(tags) }) });
  });
  if (!result.ok) return await show(call, { preload: result.form, purge: blank({ by: "key" }) }, 422);
  return done(call, at(call, "files", result.value.key), WORDS[result.value.status]);
}

const WORDS = {
  queued: "The copy is wanted, and will be made.",
  filling: "The copy is being made.",
  ready: "There is a copy already.",
  not_storable: "Nothing that this URL names can be stored; inspect the URL to see why.",
} as const;

async function show(call: TenantCall, forms: Forms, statusCode = 200): Promise<Response> {
  const { searchParams } = call.url;
  const wanted = searchParams.get("status") ?? "";
  const status = ENTRY_STATES.find((each) => each === wanted) ?? null;
  const search = (searchParams.get("q") ?? "").trim();
  const cursor = searchParams.get("cursor");
  const found = search ? await searchFor(call, search) : null;
  const { entries, cursor: next } = found
    ? { entries: found, cursor: null }
    : await listEntries(call.api, { status, cursor, limit: PAGE_ROWS });
  const here = at(call, "files");
  const query = status ? `&status=${status}` : "";
  return tenantPage(call, {
    title: "Files",
    status: statusCode,
    lead: "What the cache knows of: copies that are there, on their way, or gone. Those that changed last come first.",
    action: (
      <>
        {may(call.member, "preload:write") && (
          <a class="button" href="#preload">
            Preload
          </a>
        )}{" "}
        {may(call.member, "cache:purge") && (
          <a class="button quiet" href="#purge">
            Purge
          </a>
        )}
      </>
    ),
    children: (
      <>
        <Filters status={status} search={search} action={here} />
        {entries.length > 0 ? (
          <EntryTable call={call} entries={entries} />
        ) : (
          <Nothing call={call} status={status} search={search} />
        )}
        <Pager
          label="Pages of files"
          next={next && `${here}?cursor=${encodeURIComponent(next)}${query}`}
          first={cursor ? `${here}?${query.slice(1)}` : null}
        />
        {may(call.member, "preload:write") && <Preload form={forms.preload} action={here} />}
        {may(call.member, "cache:purge") && <PurgeMany form={forms.purge} action={here} />}
      </>
    ),
  });
}

/** A whole key, or a URL that names an object. */
async function searchFor({ api, member }: TenantCall, search: string): Promise<Entry[]> {
  const direct = await findEntry(api, search);
  if (direct || !/^https?:\/\//i.test(search) || !may(member, "links:write")) return direct ? [direct] : [];
  const looked = await attempt({}, () => inspect(api, search));
  const entry = looked.ok ? await findEntry(api, looked.value.identity) : null;
  return entry ? [entry] : [];
}

function Filters({ status, search, action }: { status: string | null; search: string; action: string }) {
  const form = blank({ q: search, status: status ?? "" });
  return (
    <form class="filters" method="get" action={action} aria-label="Files">
      <Field
        form={form}
        name="q"
        label="Key or URL"
        type="search"
        placeholder="a whole key, or a signed URL"
        mono
        required
      />
      <div class="field narrow-field">
        <label for="f-status">State</label>
        <select id="f-status" name="status">
          <option value="">Any</option>
          {ENTRY_STATES.map((each) => (
            <option key={each} value={each} selected={each === status}>
              {each}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" class="quiet">
        Show
      </button>
    </form>
  );
}

function EntryTable({ call, entries }: { call: TenantCall; entries: readonly Entry[] }) {
  return (
    <Table
      caption="Files"
      rows={entries}
      rowKey={({ key }) => key}
      columns={[
        {
          label: "Key",
          heads: true,
          cell: ({ key, tags, error }) => (
            <>
              <a class="key-cell mono" href={at(call, "files", key)} title={key}>
                {key}
              </a>
              {error ? (
                <span class="note">{error.message}</span>
              ) : (
                tags.length > 0 && <span class="note">{tags.join(", ")}</span>
              )}
            </>
          ),
        },
        { label: "State", cell: (entry) => <EntryBadge entry={entry} /> },
        { label: "Size", numeric: true, cell: ({ size }) => (size === null ? "—" : bytes(size)) },
        { label: "Hits", numeric: true, wide: true, cell: ({ hits }) => count(hits) },
        { label: "Type", wide: true, cell: ({ content_type }) => content_type ?? "—" },
        { label: "Changed", wide: true, cell: ({ updated_at }) => <When at={updated_at} now={call.now} /> },
      ]}
    />
  );
}

function Nothing({ call, status, search }: { call: TenantCall; status: string | null; search: string }) {
  if (search) {
    return (
      <Empty title="No file with exactly this key">
        <p>Type a whole key as it stands in your links, or paste the signed URL of the file.</p>
      </Empty>
    );
  }
  if (status) return <Empty title={`No file is ${status}`} />;
  return (
    <Empty title="No files yet">
      <p>
        A copy is made behind the first download through <code>/proxy</code>, or ahead of it with the form below. Your{" "}
        <a href={at(call, "origins")}>origins</a> say where files may come from.
      </p>
    </Empty>
  );
}

function Preload({ form, action }: { form: FormState; action: string }) {
  return (
    <section class="panel" aria-labelledby="preload">
      <h2 id="preload">Have a copy made ahead</h2>
      <Form form={form} action={action} name="preload" submit="Preload" inline>
        <Field form={form} name="url" label="Signed URL" type="url" mono required />
        <Field form={form} name="hash" label="Key of your own" mono />
        <Field form={form} name="tags" label="Tags" hint="With commas between them." />
      </Form>
    </section>
  );
}

function PurgeMany({ form, action }: { form: FormState; action: string }) {
  return (
    <section class="panel" aria-labelledby="purge">
      <h2 id="purge">Purge</h2>
      <p class="muted">When a purge has answered, no download that starts later gets the old bytes.</p>
      <Form form={form} action={action} name="purge" submit="Purge" inline>
        <Choose form={form} name="by" label="What" choices={SELECTORS} />
        <Field form={form} name="value" label="Value" hint="For everything, type: everything" mono required />
        <Check
          form={form}
          name="soft"
          label="Softly"
          hint="The old copy is served until the next download has it made anew."
        />
      </Form>
    </section>
  );
}
