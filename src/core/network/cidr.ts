/** A block of addresses: its first address as a number, and how many leading bits of it count. */
export type Cidr = { readonly version: 4 | 6; readonly base: bigint; readonly prefixLength: number };
