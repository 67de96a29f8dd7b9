import { type FormPart, readFormHead } from "./form-head.ts";

/** A part begins, some of its bytes, or the form has ended. */
export type FormEvent =
  | { readonly kind: "part"; readonly part: FormPart }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "end" };

/** The body is no form, or breaks off in one. */
export class FormInvalid extends Error {
  constructor(message: string) {
    super(message);
    this.name = "FormInvalid";
  }
}

/** Bytes of what stands above a part: a name of 1,024, three times as long where it is encoded, with room to spare. */
const MAX_HEAD_BYTES = 16 * 1024;
const CRLF = Uint8Array.of(13, 10);
const BLANK_LINE = Uint8Array.of(13, 10, 13, 10);

/** Whether a Content-Type says that the body is a form, with a boundary or without. */
export function isFormType(contentType: string | null): boolean {
  return /^[ \t]*multipart\/form-data[ \t]*(?:;|$)/i.test(contentType ?? "");
}

/** The boundary of a Content-Type `multipart/form-data` (RFC 2046 section 5.1.1); `null`: it is another, or names none. */
export function formBoundary(contentType: string | null): string | null {
  const parameters = /^multipart\/form-data[ \t]*(;.*)$/i.exec(contentType ?? "")?.[1] ?? "";
  const [, quoted, token] = /;[ \t]*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(parameters) ?? [];
  return quoted ?? token ?? null;
}

/**
 * Reads a form (RFC 7578) as it comes: holds no more than a head, or what may be the beginning of a delimiter. The bytes
 * of its events are its own. Throws {@link FormInvalid}.
 */
export function formReader(boundary: string): {
  push(bytes: Uint8Array): Generator<FormEvent, void>;
  /** To be called when the body has ended. */
  end(): void;
} {
  const delimiter = new TextEncoder().encode(`\r\n--${boundary}`);
  // The first delimiter stands at the beginning of the body, or of a line.
  let rest: Uint8Array<ArrayBuffer> = Uint8Array.from(CRLF);
  let at: "preamble" | "delimiter" | "head" | "part" | "epilogue" = "preamble";

  /** Up to the next delimiter; all of it, but for what may be the beginning of one, where there is none yet. */
  function upToDelimiter(): Uint8Array<ArrayBuffer> {
    const found = indexOf(rest, delimiter);
    const length = found < 0 ? Math.max(0, rest.length - delimiter.length + 1) : found;
    const bytes = rest.subarray(0, length);
    rest = rest.subarray(found < 0 ? length : length + delimiter.length);
    if (found >= 0) at = "delimiter";
    return bytes;
  }

  /** A line's end, or the form's, behind a delimiter. `null`: more of it must come. */
  function afterDelimiter(): FormEvent | null | "more" {
    if (rest.length < 2) return "more";
    if (rest[0] === 45 && rest[1] === 45) {
      at = "epilogue";
      return { kind: "end" };
    }
    const line = indexOf(rest, CRLF);
    const padding = rest.subarray(0, line < 0 ? rest.length : line);
    if (padding.some((byte) => byte !== 32 && byte !== 9) || padding.length > MAX_HEAD_BYTES) {
      throw new FormInvalid("what follows a boundary is neither a line's end nor the form's");
    }
    if (line < 0) return "more";
    // The line's end stays: a head without fields is an empty line, and nothing else.
    rest = rest.subarray(line);
    at = "head";
    return null;
  }

  function head(): FormEvent | "more" {
    const end = indexOf(rest, BLANK_LINE);
    if (end < 0 ? rest.length > MAX_HEAD_BYTES : end > MAX_HEAD_BYTES)
      throw new FormInvalid("a part's head is too long");
    if (end < 0) return "more";
    const part = readFormHead(new TextDecoder().decode(rest.subarray(CRLF.length, Math.max(CRLF.length, end))));
    if (!part) throw new FormInvalid("a part has no Content-Disposition of a form's");
    rest = rest.subarray(end + BLANK_LINE.length);
    at = "part";
    return { kind: "part", part };
  }

  return {
    *push(bytes) {
      rest = joined(rest, bytes);
      for (;;) {
        if (at === "epilogue") return;
        if (at === "preamble" || at === "part") {
          const [was, some] = [at, upToDelimiter()];
          if (was === "part" && some.length > 0) yield { kind: "bytes", bytes: some };
          if (at === was) return;
          continue;
        }
        const event = at === "delimiter" ? afterDelimiter() : head();
        if (event === "more") return;
        if (event) yield event;
      }
    },
    end() {
      if (at !== "epilogue") throw new FormInvalid("the form breaks off");
    },
  };
}

function joined(before: Uint8Array, after: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(before.length + after.length);
  all.set(before);
  all.set(after, before.length);
  return all;
}

/** Where `wanted` begins in `bytes`; -1: nowhere. */
function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  const last = bytes.length - wanted.length;
  for (let at = bytes.indexOf(wanted[0] as number); at >= 0 && at <= last; ) {
    let length = 1;
    while (length < wanted.length && bytes[at + length] === wanted[length]) length += 1;
    if (length === wanted.length) return at;
    at = bytes.indexOf(wanted[0] as number, at + 1);
  }
  return -1;
}
