import { declaredType } from "./declared-type.ts";

/** What stands above a part of a form (RFC 7578 section 4). */
export type FormPart = {
  readonly name: string;
  /** As whoever filled the form calls the file; `null`: it is a field, and no file. */
  readonly fileName: string | null;
  readonly contentType: string | null;
};

/** White space around a value is cut off elsewhere: a pattern for it takes a fifth of a second for a head full of it. */
const FIELD = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)$/;
/** A parameter, its value in quotes, in which only a quote may be escaped: browsers send a backslash as it is. */
const PARAMETER = /;[ \t]*([a-z0-9*-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\"|\\)*)"|([^\s;"]*))/gi;

/** Reads a part's head, without the empty line behind it; `null`: it is none of a form. */
export function readFormHead(text: string): FormPart | null {
  let disposition: string | null = null;
  let type: string | null = null;
  for (const line of text === "" ? [] : text.split("\r\n")) {
    const [, field = "", value = ""] = FIELD.exec(line) ?? [];
    if (field.toLowerCase() === "content-disposition") disposition = value.trim();
    else if (field.toLowerCase() === "content-type") type = value.trim();
    else if (field === "") return null;
  }
  if (disposition === null || !/^form-data[ \t]*(?:;|$)/i.test(disposition)) return null;
  const parameters = new Map<string, string>();
  for (const [, name = "", quoted, token] of disposition.matchAll(PARAMETER)) {
    parameters.set(name.toLowerCase(), unescaped(quoted ?? token ?? ""));
  }
  const name = parameters.get("name");
  if (name === undefined) return null;
  const fileName = extended(parameters.get("filename*")) ?? parameters.get("filename") ?? null;
  return { name, fileName, contentType: declaredType(type) };
}

/** Browsers write these three of a name in percent (HTML, "multipart form data"), curl a quote behind a backslash. */
function unescaped(value: string): string {
  return value.replaceAll('\\"', '"').replace(/%22/g, '"').replace(/%0D/gi, "\r").replace(/%0A/gi, "\n");
}

/** What no form should have (RFC 7578 section 4.2), and some clients write all the same. */
function extended(value: string | undefined): string | null {
  const [, encoded] = /^utf-8'[^']*'(.*)$/i.exec(value ?? "") ?? [];
  if (encoded === undefined) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}
