import { BlockList } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress, parseAddress } from "../../../src/core/network/address.ts";
import { contains, formatCidr, isInNetworks, parseCidr } from "../../../src/core/network/cidr.ts";

function holds(block: string, address: string): boolean {
  const [cidr, parsed] = [parseCidr(block), parseAddress(address)];
  if (!cidr || !parsed) throw new Error(`${block} or ${address} is not read`);
  return contains(cidr, parsed);
}

describe("a block of addresses", () => {
  it.each([
    ["203.0.113.0/24", 4, 0xcb007100n, 24],
    ["203.0.113.7", 4, 0xcb007107n, 32],
    ["203.0.113.7/32", 4, 0xcb007107n, 32],
    ["0.0.0.0/0", 4, 0n, 0],
    ["128.0.0.0/1", 4, 0x80000000n, 1],
    ["2001:db8::/32", 6, 0x20010db8n << 96n, 32],
    ["2001:db8::1", 6, (0x20010db8n << 96n) + 1n, 128],
    ["::/0", 6, 0n, 0],
    ["8000::/1", 6, 1n << 127n, 1],
    ["::ffff:203.0.113.0/120", 4, 0xcb007100n, 24],
    ["::ffff:203.0.113.7", 4, 0xcb007107n, 32],
    ["::ffff:0:0/96", 4, 0n, 0],
  ] as const)("is read from %s", (text, version, base, prefixLength) => {
    expect(parseCidr(text)).toEqual({ version, base, prefixLength });
  });

  it.each([
    ["203.0.113.7/24", "bits beyond its prefix"],
    ["128.0.0.0/0", "bits beyond its prefix"],
    ["2001:db8::1/64", "bits beyond its prefix"],
    ["::ffff:203.0.113.7/120", "bits beyond its prefix"],
    ["::ffff:203.0.113.0/24", "an IPv4 prefix on an IPv6 spelling"],
    ["::ffff:0:0/80", "a prefix inside what marks IPv4-mapped addresses"],
    ["203.0.113.0/33", "a prefix too long"],
    ["2001:db8::/129", "a prefix too long"],
    ["203.0.113.0/", "no prefix"],
    ["203.0.113.0/-1", "a sign"],
    ["203.0.113.0/+8", "a sign"],
    ["203.0.113.0/024", "a leading zero"],
    ["203.0.113.0/2 4", "a space"],
    ["203.0.113.0/24/24", "two prefixes"],
    ["203.0.113.0/255.255.255.0", "a mask"],
    ["203.0.113/24", "three octets"],
    ["/24", "no address"],
    ["*", "a star"],
    ["203.0.113.0/24\n", "a line break"],
    ["", "nothing"],
  ])("is not read from %j: %s", (text) => {
    expect(parseCidr(text)).toBeNull();
  });

  it.each([
    ["203.0.113.0/24", "203.0.113.0", true],
    ["203.0.113.0/24", "203.0.113.255", true],
    ["203.0.113.0/24", "203.0.112.255", false],
    ["203.0.113.0/24", "203.0.114.0", false],
    ["203.0.113.0/24", "::ffff:203.0.113.9", true],
    ["::ffff:203.0.113.0/120", "203.0.113.9", true],
    ["203.0.113.6/31", "203.0.113.7", true],
    ["203.0.113.6/31", "203.0.113.8", false],
    ["203.0.113.7", "203.0.113.7", true],
    ["203.0.113.7", "203.0.113.6", false],
    ["0.0.0.0/0", "255.255.255.255", true],
    ["0.0.0.0/0", "::1", false],
    ["::/0", "1.2.3.4", false],
    ["::/0", "::ffff:1.2.3.4", false],
    ["::/0", "ffff::1", true],
    ["2001:db8:1:2::/64", "2001:db8:1:2:ffff:ffff:ffff:ffff", true],
    ["2001:db8:1:2::/64", "2001:db8:1:3::", false],
    ["2001:db8::/33", "2001:db8:7fff::", true],
    ["2001:db8::/33", "2001:db8:8000::", false],
    ["2001:db8::1", "2001:0DB8:0::1", true],
    ["2001:db8::1", "2001:db8::2", false],
    ["::cb00:7107", "203.0.113.7", false],
  ])("%s and %s: %s", (block, address, expected) => {
    expect(holds(block, address)).toBe(expected);
  });

  it("holds what Node's BlockList holds", () => {
    const v4 = fc.tuple(fc.ipV4(), fc.ipV4(), fc.nat(32));
    const v6 = fc.tuple(fc.ipV6(), fc.ipV6(), fc.nat(128));
    fc.assert(
      fc.property(fc.oneof(v4, v6), fc.boolean(), ([one, other, prefix], near) => {
        const first = parseAddress(one);
        // An IPv4-mapped address is IPv4 here, whatever Node says.
        fc.pre(first !== null && first.version === (one.includes(":") ? 6 : 4));
        fc.pre(parseAddress(other)?.version === first.version);
        const free = BigInt((first.version === 4 ? 32 : 128) - prefix);
        const base = formatAddress({ ...first, value: (first.value >> free) << free });
        const family = first.version === 4 ? "ipv4" : "ipv6";
        const list = new BlockList();
        list.addSubnet(base, prefix, family);
        const address = near ? one : other;
        expect(holds(`${base}/${prefix}`, address)).toBe(list.check(address, family));
      }),
    );
  });

  it.each([
    ["2001:0DB8:0:0::/32", "2001:db8::/32"],
    ["2001:db8::1", "2001:db8::1/128"],
    ["203.0.113.7", "203.0.113.7/32"],
    ["::ffff:203.0.113.0/120", "203.0.113.0/24"],
    ["::/0", "::/0"],
  ])("%s is written down as %s", (text, canonical) => {
    const block = parseCidr(text);
    expect(block && formatCidr(block)).toBe(canonical);
  });
});

describe("a tenant's networks", () => {
  const networks = ["192.0.2.0/24", "2001:db8::/32", "198.51.100.7"];

  it.each([
    ["192.0.2.200", true],
    ["2001:db8:ffff::1", true],
    ["198.51.100.7", true],
    ["::ffff:198.51.100.7", true],
    ["198.51.100.8", false],
    ["2001:db9::", false],
    ["not an address", false],
    ["", false],
    [null, false],
  ])("of three blocks let %j in: %s", (address, expected) => {
    expect(isInNetworks(networks, address)).toBe(expected);
    expect(isInNetworks(networks, address), "the same list again").toBe(expected);
  });

  it.each([["192.0.2.1"], ["not an address"], [null]])("let %j in when there are none", (address) => {
    expect(isInNetworks([], address)).toBe(true);
  });

  it("let nobody in through a block that cannot be read", () => {
    expect(isInNetworks(["192.0.2.0/2x4"], "192.0.2.1")).toBe(false);
    expect(isInNetworks(["nonsense", "192.0.2.0/24"], "192.0.2.1")).toBe(true);
  });

  it("are remembered by list, so that another list of the same length is another", () => {
    expect(isInNetworks(["192.0.2.0/24"], "192.0.2.1")).toBe(true);
    expect(isInNetworks(["192.0.3.0/24"], "192.0.2.1")).toBe(false);
  });
});
