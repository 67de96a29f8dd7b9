import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPrivateHost } from "../../../src/core/origins/private-host.ts";

describe("a private host", () => {
  it.each([
    ...["127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.0.1", "8.8.8.8", "0.0.0.0", "255.255.255.255"],
    ...[
      "127.1",
      "0x7f.1",
      "0x7f000001",
      "2130706433",
      "017700000001",
      "0177.0.0.1",
      "0",
      "0x",
      "127.0.0.0x1",
      "1.2.3.08",
    ],
    ...["[::1]", "[::]", "[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.1]", "[2001:db8::1]", "[2606:4700:4700::1111]"],
    ...["localhost", "a.localhost", "metadata", "a.local", "printer.local", "metadata.google.internal", "api.internal"],
    ...["wiki.intranet", "nas.lan", "router.home.arpa", "a.test", "a.invalid", "abc.onion", "example.com.1"],
  ])("is %s", (host) => {
    expect(isPrivateHost(host)).toBe(true);
  });

  it("is every spelling of an IPv4 address that clients know", () => {
    const spell = (value: number) =>
      fc.constantFrom(String(value), `0x${value.toString(16)}`, `0${value.toString(8)}`, `0x00${value.toString(16)}`);
    const byte = fc.nat(255).chain(spell);
    const spelled = fc.oneof(
      fc.nat(0xffffffff).chain(spell),
      fc.tuple(byte, fc.nat(0xffffff).chain(spell)).map((parts) => parts.join(".")),
      fc.tuple(byte, byte, fc.nat(0xffff).chain(spell)).map((parts) => parts.join(".")),
      fc.tuple(byte, byte, byte, byte).map((parts) => parts.join(".")),
    );
    fc.assert(
      fc.property(spelled, (host) => {
        expect(new URL(`https://${host}/`).hostname).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
        expect(isPrivateHost(host)).toBe(true);
      }),
    );
  });

  it("is every host that a client takes for an address", () => {
    const label = fc.constantFrom("0", "08", "1", "256", "0x", "0xg", "0x7f", "a", "f00", "1e3", "1a", "xn--a", "com");
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 5 }), (labels) => {
        const host = labels.join(".");
        const seen = URL.canParse(`https://${host}/`) ? new URL(`https://${host}/`).hostname : "";
        if (/^[\d.]+$/.test(seen)) expect(isPrivateHost(host)).toBe(true);
      }),
    );
  });
});

describe("a public host", () => {
  it.each([
    ...[
      "b.co",
      "bucket.s3.amazonaws.com",
      "storage.googleapis.com",
      "account.blob.core.windows.net",
      "xn--bcher-kva.example",
    ],
    ...[
      "1.2.3.4.example.com",
      "127.0.0.1.nip.io",
      "localhost.example.com",
      "local.example.com",
      "a.mylocal",
      "notlocal.dev",
    ],
    ...["a.0xg", "a.1b", "a.internals", "latest.com"],
  ])("is %s", (host) => {
    expect(isPrivateHost(host)).toBe(false);
  });
});
