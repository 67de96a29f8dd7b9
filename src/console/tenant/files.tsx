import type { Entry } from "../api/entries.ts";
import { count } from "../format/numbers.ts";
import { goTo } from "../frame/answer.ts";
import { attempt } from "../frame/attempt.ts";
import type { TenantCall } from "../frame/call.ts";
import { blank, type FormState } from "../frame/forms.ts";
import { may } from "../identity.ts";
import { Empty } from "../parts/empty.tsx";
import { Pager } from "../parts/pager.tsx";
import { FileFilters, filterValues } from "./file-filters.tsx";
import { PreloadPanel, PurgePanel } from "./file-panels.tsx";
import { type FileSearch, findFiles, holdsCredentials, LOOKED_AT, readSearch, searchQuery } from "./file-search.ts";
import { FileTable } from "./file-table.tsx";
import { at, tenantPage } from "./tenant-page.tsx";

/** Those of the page's forms that somebody has sent; the others are as they were. */
export type FileForms = Partial<Readonly<Record<"preload" | "purge" | "chosen", FormState>>>;

/** `GET …/files?q=&way=&status=&tag=&cursor=`. */
export async function files(call: TenantCall): Promise<Response> {
  const { searchParams } = call.url;
  // An address is kept in histories, and sent on by people.
  if (holdsCredentials(searchParams)) return goTo(call, at(call, "files") + searchQuery(readSearch(searchParams)));
  return await showFiles(call, {});
}

/** The page, with these forms as they were sent. */
export async function showFiles(call: TenantCall, forms: FileForms, statusCode = 200): Promise<Response> {
  const search = readSearch(call.url.searchParams);
  const values = filterValues(search);
  const found = await attempt(values, () => findFiles(call, search));
  const { entries, cursor } = found.ok ? found.value : { entries: [], cursor: null };
  const here = at(call, "files");
  const action = here + searchQuery(search);
  const [mayPreload, mayPurge] = [may(call.member, "preload:write"), may(call.member, "cache:purge")];
  return tenantPage(call, {
    title: "Files",
    status: found.ok ? statusCode : 400,
    lead: "What the cache knows of: copies that are there, on their way, or gone. Those that changed last come first.",
    action: (
      <>
        {mayPreload && (
          <a class="button" href="#preload">
            Preload
          </a>
        )}{" "}
        {mayPurge && (
          <a class="button quiet" href="#purge">
            Purge
          </a>
        )}
      </>
    ),
    children: (
      <>
        <FileFilters form={found.ok ? blank(values) : found.form} action={here} />
        {entries.length > 0 && (
          <FileTable call={call} entries={entries} form={forms.chosen ?? blank()} action={action} />
        )}
        {entries.length === 0 && found.ok && <Nothing call={call} search={search} hasMore={cursor !== null} />}
        <Pager
          label="Pages of files"
          next={cursor && here + searchQuery({ ...search, cursor })}
          first={search.cursor ? here + searchQuery({ ...search, cursor: null }) : null}
        />
        {mayPreload && <PreloadPanel form={forms.preload ?? blank(wantedKey(call))} action={action} />}
        {mayPurge && <PurgePanel form={forms.purge ?? blank({ by: "key" })} action={action} />}
      </>
    ),
  });
}

/** A file's own page leads here for another copy of it. */
function wantedKey({ url }: TenantCall): Record<string, string> {
  return { hash: url.searchParams.get("preload") ?? "" };
}

type NothingProps = { readonly call: TenantCall; readonly search: FileSearch; readonly hasMore: boolean };

function Nothing({ call, search, hasMore }: NothingProps) {
  if (hasMore) {
    return (
      <Empty title={`Not among ${count(LOOKED_AT)} files`}>
        <p>A search looks at so many for a page, those first that changed last. The next page looks further.</p>
      </Empty>
    );
  }
  if (search.text || search.tag) {
    return (
      <Empty title="No file is found by this">
        <p>
          Type a part of its key, or of its URL without the query; or paste a signed URL of the file.{" "}
          <a href={at(call, "files")}>Show all files</a>
        </p>
      </Empty>
    );
  }
  if (search.status) return <Empty title={`No file is ${search.status satisfies Entry["status"]}`} />;
  return (
    <Empty title="No files yet">
      <p>
        A copy is made behind the first download through <code>/proxy</code>, or ahead of it with the form below. Your{" "}
        <a href={at(call, "origins")}>origins</a> say where files may come from.
      </p>
    </Empty>
  );
}
