import type { Random } from "./random.ts";

type Mutation = (token: string, random: Random, other: string) => string;

const HOMOGLYPHS = ["%D0%B0", "%E2%80%8B", "%EF%BC%A1", "%F0%9F%98%80", "%C3%A9"];
const BAD_ESCAPES = ["%", "%4", "%zz", "%C3", "%80", "%u0041", "%ED%A0%80"];
const ODD = [
  "%00",
  "%0A",
  "%0D%0A",
  "%20",
  "%09",
  "%7F",
  "=",
  "==",
  "+",
  "~",
  ".",
  "%2F",
  "%5C",
  "%3F",
  "%23",
  "%2E%2E%2F",
  ";",
  ",",
  "%25",
  "%2541",
];

/** What people do to tokens. Of most nothing is left that opens; those that only escape characters keep the token as it is. */
const MUTATIONS: Readonly<Record<string, Mutation>> = {
  "a bit flipped": (token, random) =>
    inBytes(token, (bytes) => flip(bytes, random.int(bytes.length), 1 << random.int(8))),
  "several bytes changed": (token, random) =>
    inBytes(token, (bytes) => {
      for (let times = 1 + random.int(8); times > 0; times -= 1)
        flip(bytes, random.int(bytes.length), 1 + random.int(255));
    }),
  "version byte": (token, random) => inBytes(token, (bytes) => bytes.fill(random.int(256), 0, 1)),
  "key id": (token, random) => inBytes(token, (bytes) => bytes.fill(random.int(256), 1, 2)),
  "nonce changed": (token, random) => inBytes(token, (bytes) => flip(bytes, 2 + random.int(12), 1 + random.int(255))),
  "tag changed": (token, random) =>
    inBytes(token, (bytes) => flip(bytes, bytes.length - 1 - random.int(16), 1 + random.int(255))),
  "all zeros behind the header": (token) => inBytes(token, (bytes) => bytes.fill(0, 2)),
  "cut at the end": (token, random) => token.slice(0, random.int(token.length)),
  "cut at the beginning": (token, random) => token.slice(1 + random.int(token.length - 1)),
  "a piece cut out": (token, random) => splice(token, random, 1 + random.int(20), ""),
  "grown at the end": (token, random) => token + text(random.bytes(1 + random.int(60))),
  "grown at the beginning": (token, random) => text(random.bytes(1 + random.int(6))) + token,
  twice: (token) => token + token,
  "head of one, tail of another": (token, random, other) => {
    const at = 1 + random.int(Math.max(1, Math.min(token.length, other.length) - 1));
    return token.slice(0, at) + other.slice(at);
  },
  "two characters swapped": (token, random) => {
    const at = random.int(token.length - 1);
    return token.slice(0, at) + token.charAt(at + 1) + token.charAt(at) + token.slice(at + 2);
  },
  "upper case": (token) => token.toUpperCase(),
  padding: (token, random) => token + "=".repeat(1 + random.int(3)),
  "the last bits": (token, random) =>
    token.slice(0, -1) + random.pick([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"]),
  "the other alphabet": (token) => encodeURIComponent(token.replaceAll("-", "+").replaceAll("_", "/")),
  "in hex": (token) => Buffer.from(token, "base64url").toString("hex"),
  "encoded twice": (token) => Buffer.from(token).toString("base64url"),
  "some characters escaped": (token, random) =>
    [...token].map((each) => (random.chance(0.1) ? escaped(each) : each)).join(""),
  "all characters escaped": (token) => [...token].map(escaped).join(""),
  "escaped twice": (token) => [...token].map((each) => `%25${escaped(each).slice(1)}`).join(""),
  "a homoglyph": (token, random) => splice(token, random, random.int(2), random.pick(HOMOGLYPHS)),
  "a broken escape": (token, random) => splice(token, random, 0, random.pick(BAD_ESCAPES)),
  "an odd character": (token, random) => splice(token, random, 0, random.pick(ODD)),
  "an odd character at the end": (token, random) => token + random.pick(ODD),
  "raw bytes": (token, random) => splice(token, random, 0, String.fromCharCode(0xa1 + random.int(90))),
  "very long": (token, random) => token.repeat(Math.ceil((1000 + random.int(5000)) / token.length)),
  "nothing but chance": (_, random) => text(random.bytes(random.int(400))),
  "a header and chance": (_, random) => text(Uint8Array.from([1, 1, ...random.bytes(28 + random.int(400))])),
  "a word": (_, random) =>
    random.pick([
      "token",
      "null",
      "undefined",
      "__proto__",
      "constructor",
      "..",
      ".",
      "%2e%2e",
      "*",
      "-",
      "0",
      "f",
      "[object%20Object]",
    ]),
};
const NAMES = Object.keys(MUTATIONS);

/** One mutation, or now and then two; `null`: none. What it did is its name. */
export function mutate(
  token: string,
  random: Random,
  other: string,
): { readonly text: string; readonly how: string | null } {
  if (random.chance(0.2)) return { text: token, how: null };
  const names = random.chance(0.1) ? [random.pick(NAMES), random.pick(NAMES)] : [random.pick(NAMES)];
  // What was cut down to nothing cannot be cut again.
  const apply = (before: string, name: string) =>
    before.length < 40 ? before : (MUTATIONS[name]?.(before, random, other) ?? before);
  return { text: names.reduce(apply, token), how: names.join(", ") };
}

function inBytes(token: string, change: (bytes: Uint8Array) => void): string {
  const bytes = Uint8Array.from(Buffer.from(token, "base64url"));
  change(bytes);
  return text(bytes);
}

function flip(bytes: Uint8Array, at: number, mask: number): void {
  bytes[at] = (bytes[at] ?? 0) ^ mask;
}

function splice(token: string, random: Random, length: number, instead: string): string {
  const at = random.int(token.length);
  return token.slice(0, at) + instead + token.slice(at + length);
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}

function escaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
