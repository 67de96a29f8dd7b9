import { ORACLE } from "../../src/core/origin-url/path-credentials.ts";
import { foldPercentEncoding } from "../../src/core/origin-url/percent-encoding.ts";
import { read } from "../core/origin-url/reading.ts";

/** Where a credential stands in a URL's text. */
export type Credential = {
  /** As it is spelt there; empty for one that has none, in a path. */
  readonly name: string;
  readonly from: number;
  /** Where its value begins. */
  readonly value: number;
  readonly to: number;
  /** Whether a signature covers it. */
  readonly signed: boolean;
};

export type Change = { readonly what: string; readonly url: string };

/** Of the query and of the path, in their order. */
export function credentialsOf(url: string): Credential[] {
  const { raw, parameters } = read(url);
  const oracle = ORACLE.exec(raw.path);
  if (oracle) {
    const from = url.indexOf("/p/") + "/p/".length;
    return [{ name: "", from, value: from, to: url.indexOf("/n/", from), signed: true }];
  }
  let after = 0;
  return parameters.flatMap((parameter) => {
    const from = indexOfPiece(url, parameter.raw, after);
    after = from + parameter.raw.length;
    if (parameter.class !== "credential") return [];
    const equals = parameter.raw.indexOf("=");
    const name = equals < 0 ? parameter.raw : parameter.raw.slice(0, equals);
    const value = equals < 0 ? after : from + equals + 1;
    return [{ name, from, value, to: after, signed: parameter.signed }];
  });
}

function indexOfPiece(url: string, piece: string, start: number): number {
  for (let at = url.indexOf(piece, start); at >= 0; at = url.indexOf(piece, at + 1)) {
    if (/[/?&]/.test(url.charAt(at - 1)) && /^(?:[/&#]|$)/.test(url.slice(at + piece.length))) return at;
  }
  throw new Error(`${url} has no ${piece}`);
}

/**
 * The URL with one credential gone, changed, misspelt, empty or doubled. `chance` in [0, 1) chooses where, `other` is a
 * value of another link's. What only spells the same otherwise is left out: that is the same link.
 */
export function changesOf(url: string, credential: Credential, chance: number, other: string | undefined): Change[] {
  const { name, from, value, to } = credential;
  const put = (text: string) => url.slice(0, from) + text + url.slice(to);
  const [piece, text] = [url.slice(from, to), url.slice(value, to)];
  const start = url.slice(from, value);
  // Of base64 the last character before its padding may say the same in several ways.
  const unpadded = text.search(/[A-Za-z0-9](?:%3D|[=_~])*$/i);
  const places = [...new Set([0, Math.floor(chance * text.length), unpadded, text.length - 1])];
  const changed = places.filter((at) => at >= 0 && at < text.length).flatMap((at) => otherCharacters(text, at));
  const changes: Change[] = [
    { what: "removed", url: without(url, credential) },
    { what: "emptied", url: put(start) },
    { what: "made longer", url: put(`${piece}0`) },
    { what: "made shorter", url: put(piece.slice(0, -1)) },
    ...changed.map((one) => ({ what: "changed in one character", url: put(start + one) })),
    ...(other === undefined ? [] : [{ what: "another link's", url: put(start + other) }]),
    ...(name === "" ? [] : named(name, text, other ?? `${text}0`).map(([what, made]) => ({ what, url: put(made) }))),
  ];
  const same = foldPercentEncoding(url);
  return changes.filter((change) => foldPercentEncoding(change.url) !== same);
}

function without(url: string, { from, to }: Credential): string {
  const [before, after] = [url.slice(0, from), url.slice(to)];
  if (after.startsWith("&")) return before + after.slice(1);
  // The last of a query, or all of a segment.
  return /^[?/]$/.test(before.slice(-1)) && after !== "" && !after.startsWith("/")
    ? before + after
    : before.slice(0, -1) + after;
}

/** The next letter or digit, and the same letter in its other case. */
function otherCharacters(text: string, at: number): string[] {
  const character = text.charAt(at);
  const next = /[0-8A-Ya-y]/.test(character) ? String.fromCharCode(character.charCodeAt(0) + 1) : "5";
  const flipped = character === character.toUpperCase() ? character.toLowerCase() : character.toUpperCase();
  return [...new Set([next, flipped])].map((one) => text.slice(0, at) + one + text.slice(at + 1));
}

function named(name: string, text: string, other: string): [what: string, parameter: string][] {
  const first = name.charAt(0);
  const flipped = first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase();
  return [
    ["without a value", name],
    ["misspelt", `${name}x=${text}`],
    ["misspelt", `${name.slice(0, -1)}=${text}`],
    ["misspelt", `${flipped}${name.slice(1)}=${text}`],
    ["doubled", `${name}=${text}&${name}=${text}`],
    ["doubled", `${name}=${other}&${name}=${text}`],
    ["doubled", `${name}=${text}&${name}=${other}`],
  ];
}
