import fc from "fast-check";
import { formatLinkKey } from "../../../src/core/signed-link/link-key.ts";
import { signLink } from "../../../src/core/signed-link/sign.ts";
import type { SignedLink, UnsignedLink } from "../../../src/core/signed-link/signed-link.ts";

/** A link key made of one byte, the same for the same byte. */
export function keyOfByte(byte: number): string {
  return formatLinkKey(new Uint8Array(32).fill(byte));
}

export const KEY = keyOfByte(1);
/** 2026-07-01T00:00:00Z, in seconds. */
export const START = 1_782_864_000;
export const END = START + 3600;

export const PLAIN: UnsignedLink = {
  site: "acme",
  hash: "report-7",
  url: "https://b.s3.amazonaws.com/a%2Fb+c?X-Amz-Signature=0f",
  scope: null,
  exp: END,
  nbf: null,
  ip: null,
  tags: null,
  kid: "041ge2od",
};

/** The same link with other fields, signed. */
export async function signed(fields: Partial<UnsignedLink> = {}, key = KEY): Promise<SignedLink> {
  return await signLink({ ...PLAIN, ...fields }, key);
}

/** Text that may be signed: no control character, no lone surrogate. */
export function signable(maxLength = 40): fc.Arbitrary<string> {
  return fc
    .string({
      unit: fc.oneof(fc.constantFrom(..."ab*/%+ &=#é☃"), fc.string({ unit: "binary", minLength: 1, maxLength: 1 })),
      minLength: 1,
      maxLength,
    })
    .filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text));
}

const network = fc.constantFrom("203.0.113.7", "203.0.113.0/24", "2001:db8:1:2::/64", "2001:DB8::1", "0.0.0.0/0");

/** Links of every kind that can be signed. */
export function anyLink(): fc.Arbitrary<UnsignedLink> {
  const tags = fc.option(fc.constantFrom("a", "spring-sale,2026", "x:1,y/2"));
  const terms = { tags, nbf: fc.option(fc.integer({ min: 0, max: START })), ip: fc.option(network) };
  const ends = fc.record({ site: signable(10), exp: fc.integer({ min: START + 1, max: 999_999_999_999 }), ...terms });
  const what = fc
    .tuple(fc.option(signable()), fc.option(signable()))
    .filter(([hash, url]) => hash !== null || url !== null)
    .map(([hash, url]) => ({ hash, url, scope: null as string | null }));
  const prefix = fc
    .tuple(signable(20), fc.option(signable(20)), fc.option(signable()))
    .filter(([start]) => !start.includes("*"))
    .map(([start, rest, url]) => ({ scope: `${start}*`, hash: rest === null ? `${start}x` : start + rest, url }));
  return fc.tuple(ends, fc.oneof(what, prefix)).map(([a, b]) => ({ ...a, ...b, kid: "041ge2od" }));
}
