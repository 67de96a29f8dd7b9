import type { RawParameter } from "../origin-url/raw-url.ts";

/** A token's fields by name, and the text of them that is signed, in the order in which they stand. */
export type AkamaiToken = {
  readonly fields: ReadonlyMap<string, string>;
  readonly signed: string;
  readonly signature: string;
};

/** All fields that a token may have (EdgeAuth 2.0); `ip` among them, and `url`, which some signers leave in. */
const NAMES = new Set(["ip", "st", "exp", "acl", "url", "id", "data"]);

/**
 * The token among the parameters: its parameter's name is the customer's choice, so it is known by its form,
 * `field=value~…~hmac=…`. `null`: there is none, more than one, or one with fields that we do not know.
 */
export function readAkamaiToken(parameters: readonly RawParameter[]): AkamaiToken | null {
  const [only, another] = parameters.filter(({ raw }) => /[=~]hmac=/.test(raw));
  if (!only || another) return null;
  const text = only.raw.slice(only.raw.indexOf("=") + 1);
  const [, signed, signature] = /^(.+)~hmac=([0-9a-f]+)$/s.exec(text) ?? [];
  if (signed === undefined || signature === undefined) return null;
  const fields = new Map<string, string>();
  for (const field of signed.split("~")) {
    const [, name = "", value = ""] = /^([a-z]+)=(.+)$/s.exec(field) ?? [];
    if (!NAMES.has(name) || fields.has(name)) return null;
    fields.set(name, value);
  }
  return { fields, signed, signature };
}

/** As the vendor's signers escape a text when they are told to: percent-encoded with lower-case digits, `~'*` too. */
export function escapeEarly(text: string): string {
  const more = (character: string) => `%${character.charCodeAt(0).toString(16)}`;
  return encodeURIComponent(text)
    .replace(/[~'*]/g, more)
    .replace(/%../g, (encoded) => encoded.toLowerCase());
}
