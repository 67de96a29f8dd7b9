import { decodeLeniently, type RawUrl } from "../origin-url/raw-url.ts";

export type BunnyToken = {
  readonly token: string;
  /** Seconds since the epoch, as it was written. */
  readonly expires: string;
  /** Of the file, without the token. */
  readonly path: string;
  /** All the others, decoded, in any order. */
  readonly parameters: ReadonlyMap<string, string>;
};

/**
 * Bunny's token in either of its places: `/file?token=…&expires=…`, or `/bcdn_token=…&expires=…/file`. `null`: there is
 * none, or one that servers might read differently.
 */
export function readBunnyToken({ path, parameters }: RawUrl): BunnyToken | null {
  const [, inPath, file] = /^\/(bcdn_token=[^/]*)(\/.*)$/.exec(path) ?? [];
  const fields = read(inPath?.split("&") ?? parameters.map(({ raw }) => raw));
  // A query besides a token in the path: the vendor's signers never leave one there.
  if (!fields || (inPath !== undefined && parameters.length > 0)) return null;
  const { token, bcdn_token, expires, ...others } = Object.fromEntries(fields);
  const given = inPath === undefined ? token : bcdn_token;
  const both = token !== undefined && bcdn_token !== undefined;
  if (given === undefined || expires === undefined || both) return null;
  return { token: given, expires, path: file ?? path, parameters: new Map(Object.entries(others)) };
}

/** `null`: a name twice, a `+`, or text that would read as another list of parameters once it is decoded. */
function read(pairs: readonly string[]): ReadonlyMap<string, string> | null {
  const fields = new Map<string, string>();
  for (const pair of pairs) {
    const [, name = "", value = ""] = /^([^=]*)=?(.*)$/s.exec(pair) ?? [];
    const [plainName, plainValue] = [decodeLeniently(name), decodeLeniently(value)];
    if (pair.includes("+") || /[&=]/.test(plainName + plainValue) || fields.has(plainName)) return null;
    fields.set(plainName, plainValue);
  }
  return fields;
}
