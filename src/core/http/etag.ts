/** A whole element of a list: what stands beside a quoted text makes it no tag, as in `w/"a"`. */
const TAG = /(?<=^|,)[ \t]*((?:W\/)?"[\u0021\u0023-\u007e\u0080-\u00ff]*")[ \t]*(?=,|$)/g;
const STRONG = /^"[\u0021\u0023-\u007e\u0080-\u00ff]*"$/;

/** Whether the text is one strong entity tag (RFC 9110 section 8.8.3). */
export function isStrongEtag(text: string | null): text is string {
  return text !== null && STRONG.test(text);
}

/** Whether a list such as If-None-Match names `etag`, weakly compared (RFC 9110 section 8.8.3.2); `*` names any. */
export function listNamesEtag(list: string, etag: string): boolean {
  return list.trim() === "*" || tagsOf(list).some((tag) => tag.replace(/^W\//, "") === etag);
}

/** Whether a list such as If-Match names `etag`, strongly compared; `*` names any. */
export function listNamesStrongEtag(list: string, etag: string): boolean {
  return list.trim() === "*" || tagsOf(list).includes(etag);
}

function tagsOf(list: string): string[] {
  return [...list.matchAll(TAG)].map(([, tag = ""]) => tag);
}
