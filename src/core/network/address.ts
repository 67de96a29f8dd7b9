/** Bits of an address. */
export const ADDRESS_BITS = { 4: 32, 6: 128 } as const;

/** An address as a number, so that spellings of it do not matter. */
export type Address = { readonly version: 4 | 6; readonly value: bigint };

/** No leading zeros: some readers take them for octal, and so for another address. */
const OCTET = /^(?:0|[1-9]\d{0,2})$/;
const GROUP = /^[0-9a-f]{1,4}$/i;
const GROUPS = 8;
/** What is before the IPv4 address in an IPv4-mapped one, `::ffff:a.b.c.d`. */
const MAPPED = 0xffffn;

/**
 * Reads an IPv4 address in dotted decimal, or an IPv6 address in any form of RFC 4291 section 2.2; `null` for anything
 * else, zones and brackets included. An IPv4-mapped IPv6 address (section 2.5.5.2) is the IPv4 address that it holds:
 * how a socket spells a client's address must not decide what the client may do.
 */
export function parseAddress(text: string): Address | null {
  const value = text.includes(":") ? parseV6(text) : parseV4(text);
  if (value === null) return null;
  if (!text.includes(":")) return { version: 4, value };
  return value >> 32n === MAPPED ? { version: 4, value: value & 0xffff_ffffn } : { version: 6, value };
}

/** The address in its one canonical spelling: dotted decimal, or RFC 5952 section 4. */
export function formatAddress({ version, value }: Address): string {
  const part = (index: number, bits: number) => Number((value >> BigInt(index * bits)) & ((1n << BigInt(bits)) - 1n));
  if (version === 4) return [3, 2, 1, 0].map((index) => part(index, 8)).join(".");
  const text = [7, 6, 5, 4, 3, 2, 1, 0].map((index) => part(index, 16).toString(16)).join(":");
  // The longest run of two zero groups or more becomes `::`, the first one of several.
  const runs = (text.match(/\b0(?::0)+\b/g) ?? []).sort((one, other) => other.length - one.length);
  const [longest] = runs;
  return longest === undefined ? text : text.replace(new RegExp(`(?:^|:)\\b${longest}\\b(?::|$)`), "::");
}

function parseV4(text: string): bigint | null {
  const octets = text.split(".");
  if (octets.length !== 4 || !octets.every((octet) => OCTET.test(octet) && Number(octet) <= 255)) return null;
  return octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

function parseV6(text: string): bigint | null {
  const inHex = withoutDots(text);
  if (inHex === null) return null;
  const [head = [], tail, ...more] = inHex.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const zeros = tail ? GROUPS - head.length - tail.length : 0;
  // `::` stands for one group or more.
  if (more.length > 0 || (tail && zeros < 1)) return null;
  const groups = [...head, ...Array<string>(zeros).fill("0"), ...(tail ?? [])];
  if (groups.length !== GROUPS || !groups.every((group) => GROUP.test(group))) return null;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

/** The last 32 bits may be written as an IPv4 address (RFC 4291 section 2.2 point 3): here they become two groups. */
function withoutDots(text: string): string | null {
  if (!text.includes(".")) return text;
  const start = text.lastIndexOf(":") + 1;
  const last = parseV4(text.slice(start));
  return last === null ? null : `${text.slice(0, start)}${(last >> 16n).toString(16)}:${(last & 0xffffn).toString(16)}`;
}
