import { isIPv4, isIPv6 } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress, parseAddress } from "../../../src/core/network/address.ts";

describe("an address", () => {
  it.each([
    ["0.0.0.0", 4, 0n],
    ["203.0.113.7", 4, 0xcb007107n],
    ["255.255.255.255", 4, 0xffffffffn],
    ["::", 6, 0n],
    ["::1", 6, 1n],
    ["1::", 6, 1n << 112n],
    ["2001:db8::1", 6, 0x20010db8000000000000000000000001n],
    ["2001:DB8:0:0:8:800:200C:417A", 6, 0x20010db80000000000080800200c417an],
    ["2001:db8::8:800:200c:417a", 6, 0x20010db80000000000080800200c417an],
    ["1:2:3:4:5:6:7::", 6, 0x00010002000300040005000600070000n],
    ["::2:3:4:5:6:7:8", 6, 0x00000002000300040005000600070008n],
    ["64:ff9b::192.0.2.33", 6, 0x0064ff9b0000000000000000c0000221n],
    ["1:2:3:4:5:6:1.2.3.4", 6, 0x00010002000300040005000601020304n],
    ["::13.1.68.3", 6, 0x0d014403n],
  ] as const)("%s is read as one of version %i", (text, version, value) => {
    expect(parseAddress(text)).toEqual({ version, value });
  });

  it.each([
    "::ffff:203.0.113.7",
    "::FFFF:203.0.113.7",
    "::ffff:cb00:7107",
    "0:0:0:0:0:ffff:203.0.113.7",
    "0000:0000:0000:0000:0000:ffff:cb00:7107",
  ])("%s, IPv4-mapped, is the IPv4 address in it", (text) => {
    expect(parseAddress(text)).toEqual(parseAddress("203.0.113.7"));
  });

  it.each([
    ["", "nothing"],
    ["localhost", "a name"],
    ["1.2.3", "three octets"],
    ["1.2.3.4.5", "five octets"],
    ["1.2.3.256", "an octet too large"],
    ["1.2.3.04", "a leading zero"],
    ["01.2.3.4", "a leading zero"],
    ["0x7f.0.0.1", "hexadecimal"],
    ["2130706433", "one number"],
    ["1.2.3.4 ", "a space"],
    [" 1.2.3.4", "a space"],
    ["1.2.3.4\n", "a line break"],
    ["1.2..4", "an empty octet"],
    ["+1.2.3.4", "a sign"],
    ["1.2.3.4:80", "a port"],
    ["١.٢.٣.٤", "other digits"],
    [":", "one colon"],
    [":::", "three colons"],
    ["1:2:3:4:5:6:7", "seven groups"],
    ["1:2:3:4:5:6:7:8:9", "nine groups"],
    ["1::2::3", "two gaps"],
    ["1:2:3:4:5:6:7:8::", "a gap for no group"],
    ["1:2:3:4::5:6:7:8", "a gap for no group"],
    [":1:2:3:4:5:6:7", "a colon at the start"],
    ["1:2:3:4:5:6:7:", "a colon at the end"],
    ["12345::", "a group too long"],
    ["g::", "a letter beyond f"],
    ["::1%eth0", "a zone"],
    ["[::1]", "brackets"],
    ["::1.2.3", "a short IPv4 address at the end"],
    ["::1.2.3.04", "a leading zero in it"],
    ["1.2.3.4::", "an IPv4 address in front"],
    ["::1.2.3.4:5", "an IPv4 address in the middle"],
    ["1:2:3:4:5:6:7:1.2.3.4", "an IPv4 address and seven groups"],
    ["::-1", "a sign"],
    ["::0x1", "a prefix of hexadecimal"],
  ])("is not read from %j: %s", (text) => {
    expect(parseAddress(text)).toBeNull();
  });

  it("is read where Node reads one, zones excepted", () => {
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.string({ unit: fc.constantFrom(..."0123456789abf:::.."), maxLength: 20 }),
      fc
        .array(fc.constantFrom("0", "1", "ff", "01", "ffff", "", "1.2.3.4"), { maxLength: 10 })
        .map((all) => all.join(":")),
    );
    fc.assert(
      fc.property(text, (address) => {
        expect(parseAddress(address) !== null).toBe(isIPv4(address) || isIPv6(address));
      }),
    );
  });
});

describe("an address written down", () => {
  it.each([
    // RFC 5952 section 4.
    ["2001:0db8::0001", "2001:db8::1"],
    ["2001:db8:0:0:0:0:2:1", "2001:db8::2:1"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["2001:DB8::A", "2001:db8::a"],
    ["0:0:0:0:0:0:0:0", "::"],
    ["1:0:0:0:0:0:0:0", "1::"],
    ["10:0:0:a0:0:0:0:1", "10:0:0:a0::1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["192.0.2.1", "192.0.2.1"],
  ])("%s becomes %s", (text, canonical) => {
    const address = parseAddress(text);
    expect(address && formatAddress(address)).toBe(canonical);
  });

  it("is read as the same address again, and as the URL class writes it", () => {
    const sparse = fc
      .array(fc.constantFrom("0", "0", "1", "a0"), { minLength: 8, maxLength: 8 })
      .map((all) => all.join(":"));
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), sparse), (text) => {
        const address = parseAddress(text);
        if (!address) throw new Error(`${text} is not read`);
        const written = formatAddress(address);
        expect(parseAddress(written)).toEqual(address);
        if (address.version === 6) expect(new URL(`http://[${text}]`).hostname).toBe(`[${written}]`);
      }),
    );
  });
});
