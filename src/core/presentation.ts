import { extendedValue } from "./http/extended-value.ts";
import type { OriginUrl } from "./origin-url/origin-url.ts";

/** How a link wants the copy to be presented: fields of the answer, `null` where the copy's own stand. */
export type Presentation = {
  readonly contentType: string | null;
  readonly contentDisposition: string | null;
  readonly contentLanguage: string | null;
};

type Field = keyof Presentation;

/** The parameters that override a field of the answer, by their names in lower case (providers' own, see PROVIDERS). */
const FIELDS: ReadonlyMap<string, Field> = new Map(
  Object.entries({
    "response-content-type": "contentType",
    rsct: "contentType",
    responsecontenttype: "contentType",
    b2contenttype: "contentType",
    "response-content-disposition": "contentDisposition",
    rscd: "contentDisposition",
    responsecontentdisposition: "contentDisposition",
    b2contentdisposition: "contentDisposition",
    httpresponsecontentdisposition: "contentDisposition",
    "response-content-language": "contentLanguage",
    rscl: "contentLanguage",
    responsecontentlanguage: "contentLanguage",
    b2contentlanguage: "contentLanguage",
  } as const),
);

/** Parameters that name the file to save as: Qiniu, OpenStack Swift, Supabase. */
const FILE_NAMES = new Set(["attname", "filename", "download"]);

/** What may stand in a field value (RFC 9110 section 5.5) and pass every client. */
const FIELD_VALUE = /^[\x20-\x7e]+$/;

/**
 * The presentation that a URL asks for; `null`: none. Whoever holds a URL can add what its signature does not cover, so of
 * that only `attachment` counts, which makes an answer more harmless and never less. `vouched`: the origin, or our own
 * check, has accepted the signature.
 */
export function presentationOf({ parameters }: OriginUrl, vouched: boolean): Presentation | null {
  const found: Record<Field, string | null> = { contentType: null, contentDisposition: null, contentLanguage: null };
  for (const { name, raw, signed, class: kind } of parameters) {
    if (kind !== "presentational") continue;
    const value = queryValue(raw);
    const field = fieldOf(name);
    if (field === undefined) continue;
    const text = FILE_NAMES.has(name) ? asAttachment(value) : value;
    const harmless = field === "contentDisposition" && /^\s*attachment\b/i.test(text);
    if (FIELD_VALUE.test(text) && ((signed && vouched) || harmless)) found[field] = text;
  }
  return Object.values(found).some((value) => value !== null) ? found : null;
}

/** The stored fields as a link presents them. */
export function presented<Fields extends Presentation>(stored: Fields, wanted: Presentation | null): Fields {
  if (wanted === null) return stored;
  const { contentType, contentDisposition, contentLanguage } = wanted;
  return {
    ...stored,
    contentType: contentType ?? stored.contentType,
    contentDisposition: contentDisposition ?? stored.contentDisposition,
    contentLanguage: contentLanguage ?? stored.contentLanguage,
  };
}

/** The fields of an origin's answer to `fetchText` that are the URL's own and not the object's. */
export function overriddenFields({ parameters, fetchText }: OriginUrl): ReadonlySet<Field> {
  const sent = new Set(fetchText.slice(fetchText.indexOf("?") + 1).split("&"));
  const overriding = parameters.filter(({ class: kind, raw }) => kind === "presentational" && sent.has(raw));
  return new Set(overriding.map(({ name }) => fieldOf(name)).filter((field) => field !== undefined));
}

function fieldOf(name: string): Field | undefined {
  return FILE_NAMES.has(name) ? "contentDisposition" : FIELDS.get(name);
}

/** As a query means it: a `+` is a space there. */
function queryValue(raw: string): string {
  const text = raw.slice(raw.indexOf("=") + 1 || raw.length).replaceAll("+", " ");
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** RFC 6266 section 4.1. The name is the URL's own, and told as it stands there. */
function asAttachment(fileName: string): string {
  return fileName === "" ? "attachment" : `attachment; filename*=${extendedValue(fileName)}`;
}
