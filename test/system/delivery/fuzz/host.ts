import type { Random } from "./random.ts";

/** A Host, mostly one of those that are known; now and then one that is none. */
export function hostOf(random: Random, known: readonly string[]): string {
  const host = random.pick(known);
  if (random.chance(0.85)) return host;
  const letters = () =>
    random.bytes(1 + random.int(30)).reduce((name, byte) => name + "abcdefghij-.0123456789"[byte % 22], "");
  return random.pick([
    ...[host.toUpperCase(), `${host}.`, `${host}:443`, `${host}:0`, `${host}..`, `.${host}`, `x.${host}`, `${host}x`],
    ...[
      `${host}@evil.example`,
      `evil.example@${host}`,
      `${host}, ${host}`,
      `${host}/`,
      `${host}?`,
      `${host}#`,
      `${host}\\`,
    ],
    ...[
      "127.0.0.1",
      "[::1]",
      "localhost",
      "0",
      "1.2.3.4.5",
      "0x7f.1",
      "[::",
      "xn--bcher-kva.example",
      "xn--",
      "b\xfccher.example",
    ],
    ...[
      "",
      "-",
      "*",
      "%",
      "%00",
      "a_b.example",
      `${"a".repeat(64)}.example`,
      `${"a.".repeat(150)}example`,
      "x".repeat(2000),
    ],
    ...[`${host}:99999`, `${host}:abc`, `${host}:`, `${letters()}.example`, letters()],
  ]);
}
