import { redactUrl } from "../../core/origin-url/redact.ts";
import { ENTRY_STATES, type Entry, type EntryState, findEntry, listEntries } from "../api/entries.ts";
import type { TenantCall } from "../frame/call.ts";

/** Rows of one page: some 25 kB of HTML. */
const PAGE_ROWS = 50;
/** Entries that the API looks at for one page of a search; docs/files.md says why. */
export const LOOKED_AT = 10_000;

/** How a text finds files, as docs/files.md tells. */
export const WAYS = [
  ["contains", "Key or URL has"],
  ["key", "Key begins with"],
  ["url", "URL begins with"],
] as const;
type Way = (typeof WAYS)[number][0];

/** What a page of files is asked for; `null` and empty: of whichever. */
export type FileSearch = {
  readonly text: string;
  readonly way: Way;
  readonly status: EntryState | null;
  readonly tag: string;
  readonly cursor: string | null;
};

/** What the address of the page asks for; what it cannot mean counts for nothing. */
export function readSearch(params: URLSearchParams): FileSearch {
  const text = (params.get("q") ?? "").trim();
  const way = WAYS.find(([each]) => each === params.get("way"))?.[0] ?? "contains";
  return {
    text: withoutCredentials(text),
    // Whoever pastes a URL means that file; an index finds it, however many there are.
    way: way === "contains" && isUrl(text) ? "url" : way,
    status: ENTRY_STATES.find((each) => each === params.get("status")) ?? null,
    tag: (params.get("tag") ?? "").trim(),
    cursor: params.get("cursor") || null,
  };
}

/** The page's query for this search, `?` included; without one it is empty. */
export function searchQuery({ text, way, status, tag, cursor }: FileSearch): string {
  const query = new URLSearchParams();
  if (cursor) query.set("cursor", cursor);
  if (text) query.set("q", text);
  if (text && way !== "contains") query.set("way", way);
  if (status) query.set("status", status);
  if (tag) query.set("tag", tag);
  return query.size > 0 ? `?${query}` : "";
}

/** Whether the address holds what no address may hold: what opens a URL. */
export function holdsCredentials(params: URLSearchParams): boolean {
  const text = (params.get("q") ?? "").trim();
  return text !== withoutCredentials(text);
}

/** A page of what is found. A key that is typed whole is found however long ago it changed. Throws as the API does. */
export async function findFiles({ api }: TenantCall, search: FileSearch) {
  const { text, way, status, tag, cursor } = search;
  const asked = { contains: { search: text }, key: { prefix: text }, url: { url_prefix: text } }[way];
  const page = await listEntries(api, { status, tag, ...asked, cursor, limit: PAGE_ROWS });
  if (text === "" || way !== "contains" || cursor !== null || page.cursor === null) return page;
  const whole = await findEntry(api, text);
  const isNew = whole !== null && page.entries.every(({ key }) => key !== whole.key) && isAsked(whole, search);
  return isNew ? { ...page, entries: [whole, ...page.entries] } : page;
}

function isAsked({ status, tags }: Entry, search: FileSearch): boolean {
  if (search.status !== null && status !== search.status) return false;
  return search.tag === "" || tags.includes(search.tag.toLowerCase());
}

function isUrl(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/** As the ledger keeps URLs, whose paths may hold a token, and without the query. */
function withoutCredentials(text: string): string {
  return isUrl(text) ? redactUrl(text).replace(/\?.*$/s, "") : text;
}
