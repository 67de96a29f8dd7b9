import { ADDRESS_BITS, type Address, formatAddress, parseAddress } from "./address.ts";

/** A block of addresses: its first address as a number, and how many leading bits of it count. */
export type Cidr = { readonly version: 4 | 6; readonly base: bigint; readonly prefixLength: number };

/** Bits before the IPv4 address in an IPv4-mapped IPv6 one. */
const MAPPED_BITS = ADDRESS_BITS[6] - ADDRESS_BITS[4];

/**
 * Reads a block such as `203.0.113.0/24` (RFC 4632 section 3.1) or `2001:db8::/32` (RFC 4291 section 2.3), or a single
 * address. `null` for anything else, and for a block with bits set beyond its prefix: whoever wrote that meant another.
 * A block of IPv4-mapped addresses is the IPv4 block in it; no IPv6 block holds IPv4 addresses.
 */
export function parseCidr(text: string): Cidr | null {
  const [, address = "", prefix] = /^([^/]+)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const first = parseAddress(address);
  if (!first) return null;
  const bits = ADDRESS_BITS[first.version];
  const uncounted = first.version === 4 && address.includes(":") ? MAPPED_BITS : 0;
  const prefixLength = prefix === undefined ? bits : Number(prefix) - uncounted;
  if (prefixLength < 0 || prefixLength > bits) return null;
  const free = BigInt(bits - prefixLength);
  if ((first.value >> free) << free !== first.value) return null;
  return { version: first.version, base: first.value, prefixLength };
}

/** The block in its one canonical spelling, with its prefix length. */
export function formatCidr({ version, base, prefixLength }: Cidr): string {
  return `${formatAddress({ version, value: base })}/${prefixLength}`;
}

export function contains(block: Cidr, address: Address): boolean {
  if (block.version !== address.version) return false;
  const free = BigInt(ADDRESS_BITS[block.version] - block.prefixLength);
  return address.value >> free === block.base >> free;
}

const parsed = new WeakMap<readonly string[], readonly Cidr[]>();

/**
 * Whether a client's address is in one of a tenant's networks; an empty list means everywhere. Fails closed: an address
 * that is unknown or cannot be read is in no network, and a network that cannot be read holds no address.
 * A list is read once, so it must not be changed afterwards.
 */
export function isInNetworks(networks: readonly string[], address: string | null): boolean {
  if (networks.length === 0) return true;
  const client = address === null ? null : parseAddress(address);
  return client !== null && blocksOf(networks).some((block) => contains(block, client));
}

function blocksOf(networks: readonly string[]): readonly Cidr[] {
  const known = parsed.get(networks);
  if (known) return known;
  const blocks = networks.map(parseCidr).filter((block) => block !== null);
  parsed.set(networks, blocks);
  return blocks;
}
