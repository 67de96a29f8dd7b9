import type { Random } from "./random.ts";

const METHODS = ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "TRACE", "MKCOL", "PURGE"];
const NAMES = [
  "film.mp4",
  "other.mp4",
  "%E2%82%AC.pdf",
  "..%2f..%2fsecret",
  "index.html",
  "a%00b",
  "x".repeat(2000),
  "%",
  "%ff",
  ".",
  "..",
  "",
  "a/b",
  "%2e%2e",
  "f",
  "名",
];
const DATES = [
  "Sat, 21 Nov 2026 08:00:00 GMT",
  "Sunday, 06-Nov-94 08:49:37 GMT",
  "Sun Nov  6 08:49:37 1994",
  "never",
  "0",
  "Fri, 99 Foo 9999 99:99:99 GMT",
  "",
];
const TAGS = [
  '"bench"',
  'W/"bench"',
  "*",
  '"other"',
  '"a", "bench", W/"c"',
  "bench",
  '"',
  '""',
  "W/",
  ", , ,",
  `"${"x".repeat(3000)}"`,
  '"\xe9"',
];
const CODINGS = ["gzip", "identity;q=0", "*;q=0", "br, gzip;q=0.001", "", "gzip;q=nan", ",,,"];
const UNITS = ["bytes=", "bytes =", "BYTES=", "items=", "bytes", "=", "bytes=bytes="];

/** A Range, sensible or absurd. */
export function rangeOf(random: Random, size: number): string {
  if (random.chance(0.1))
    return random.pick([
      "",
      "bytes",
      "bytes=",
      "bytes=-",
      "bytes=,",
      "bytes=a-b",
      "bytes=--1",
      "none",
      "bytes=0x0-0x9",
      "bytes=\t0-1",
      "bytes=1-0",
    ]);
  const count = random.chance(0.7) ? 1 : 1 + random.int(random.chance(0.1) ? 200 : 20);
  const unit = random.chance(0.9) ? "bytes=" : random.pick(UNITS);
  return unit + Array.from({ length: count }, () => oneRange(random, size)).join(random.pick([",", ", ", " ,", ",,"]));
}

function oneRange(random: Random, size: number): string {
  const near = () => size + random.int(5) - 2;
  const number = () => random.pick([0, 1, near(), random.int(size), random.int(size), 2 ** 31, 2 ** 53, 2 ** 64, 1e21]);
  const digits = () => (random.chance(0.03) ? "9".repeat(1 + random.int(400)) : BigInt(number()).toString());
  switch (random.int(6)) {
    case 0:
      return `-${digits()}`;
    case 1:
      return `${digits()}-`;
    case 2:
      return `${digits()}-${digits()}`;
    default: {
      const first = random.int(size);
      return `${first}-${first + random.int(size)}`;
    }
  }
}

/** Fields of a request: conditions, codings and others in any combination. */
export function fieldsOf(random: Random, size: number): Record<string, string> {
  const fields: Record<string, string> = {};
  if (random.chance(0.6)) fields.range = rangeOf(random, size);
  if (random.chance(0.2)) fields["if-match"] = random.pick(TAGS);
  if (random.chance(0.3)) fields["if-none-match"] = random.pick(TAGS);
  if (random.chance(0.15)) fields["if-modified-since"] = random.pick(DATES);
  if (random.chance(0.15)) fields["if-unmodified-since"] = random.pick(DATES);
  if (random.chance(0.2)) fields["if-range"] = random.pick([...TAGS, ...DATES]);
  if (random.chance(0.2)) fields["accept-encoding"] = random.pick(CODINGS);
  if (random.chance(0.1)) fields.origin = random.pick(["https://page.example", "null", "x", "*"]);
  if (random.chance(0.05)) fields["access-control-request-method"] = random.pick(["GET", "PUT", "", "*"]);
  if (random.chance(0.05)) fields["access-control-request-headers"] = random.pick(["range", "x".repeat(500), ",", "*"]);
  if (random.chance(0.05))
    fields["cf-connecting-ip"] = random.pick(["198.51.100.9", "::1", "nobody", "", "203.0.113.9, 1.1.1.1"]);
  if (random.chance(0.03)) fields.authorization = random.pick(["Bearer x", "Basic !", ""]);
  return fields;
}

export function methodOf(random: Random): string {
  return random.chance(0.75) ? "GET" : random.chance(0.5) ? "HEAD" : random.pick(METHODS);
}

/** The last segment of the path: nothing that counts. */
export function nameOf(random: Random): string {
  return random.chance(0.85) ? (NAMES[0] ?? "") : random.pick(NAMES.filter((name) => /^[!-ÿ]*$/.test(name)));
}
