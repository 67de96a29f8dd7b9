/** `type/subtype` and parameters in printable ASCII (RFC 9110 section 8.3.1), at most 255 characters. */
const MEDIA_TYPE = /^(?=.{1,255}$)[!#$%&'*+.^_`|~0-9A-Za-z-]+\/[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:[ \t]*;[\x20-\x7e\t]*)?$/;

/** What HTTP clients call a body of which nobody told them anything: curl's `--data-binary` is the best known. */
const UNTOLD = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;

/** The type that whoever sends a file gives it; `null`: none, or what is none. It is never guessed from name or bytes. */
export function declaredType(contentType: string | null): string | null {
  const type = (contentType ?? "").trim();
  return MEDIA_TYPE.test(type) && !UNTOLD.test(type) ? type : null;
}
