import { type Arbitrary, constant, constantFrom, oneof, option, record, sample, tuple, uniqueArray } from "fast-check";
import type { Asked } from "./exchange.ts";
import type { OracleFile } from "./files.ts";
import { ranges } from "./generate-ranges.ts";

/** So many requests for a file; the same ones each time. */
export function requestsFor(file: OracleFile, count: number, seed: number): readonly Asked[] {
  return sample(asking(file), { numRuns: count, seed });
}

function asking(file: OracleFile): Arbitrary<Asked> {
  const dates = httpDates(file);
  const tags = entityTags(file);
  const fields = record({
    Range: often(ranges(file.size)),
    "If-Match": seldom(tags),
    "If-None-Match": seldom(tags),
    "If-Modified-Since": seldom(dates),
    "If-Unmodified-Since": seldom(dates),
    "If-Range": seldom(oneof(dates, constantFrom(...representations(file)))),
  });
  return tuple(methods, fields).map(([method, all]) => ({ method, fields: sent(all) }));
}

const methods = oneof(
  { weight: 15, arbitrary: constant("GET") },
  { weight: 4, arbitrary: constant("HEAD") },
  { weight: 1, arbitrary: constantFrom("POST", "PUT", "PATCH", "DELETE") },
);

/** Right, wrong, weak, several, and what is none. */
function entityTags({ etag }: OracleFile): Arbitrary<string> {
  const ones = constantFrom(etag, `W/${etag}`, '"other"', 'W/"other"', '""', `"${"x".repeat(200)}"`);
  const several = tuple(uniqueArray(ones, { minLength: 2, maxLength: 4 }), constantFrom(",", ", ", " , "));
  const malformed = constantFrom(etag.slice(1, -1), etag.slice(0, -1), `w/${etag}`, "other", '"', "W/");
  return oneof(
    { weight: 4, arbitrary: ones },
    { weight: 3, arbitrary: several.map(([tags, comma]) => tags.join(comma)) },
    { weight: 1, arbitrary: constant("*") },
    { weight: 1, arbitrary: malformed },
  );
}

const SECOND = 1000;
const DAY = 86_400 * SECOND;

/** As If-Range names one: right, wrong, weak, and almost a date. */
function representations({ etag, lastModified }: OracleFile): readonly string[] {
  return [etag, lastModified, '"other"', `W/${etag}`, lastModified.replace("GMT", "UTC")];
}

/** The very second, before and after, in all three forms (RFC 9110 section 5.6.7), and what is none. */
function httpDates({ lastModified }: OracleFile): Arbitrary<string> {
  const changed = Date.parse(lastModified);
  const moments = constantFrom(0, -SECOND, SECOND, -400 * DAY, 400 * DAY).map((away) => new Date(changed + away));
  const form = constantFrom(imfFixdate, imfFixdate, imfFixdate, rfc850, asctime);
  const malformed = constantFrom("0", "yesterday", "2026-02-03T04:05:06Z", lastModified.replace("GMT", "UTC"));
  return oneof(
    { weight: 5, arbitrary: tuple(form, moments).map(([write, moment]) => write(moment)) },
    { weight: 1, arbitrary: constantFrom(imfFixdate(new Date(0)), "Fri, 01 Jan 2038 00:00:00 GMT") },
    { weight: 1, arbitrary: oneof(malformed, constant(lastModified.replace(/\d\d:/, "25:"))) },
  );
}

function imfFixdate(moment: Date): string {
  return moment.toUTCString();
}

function rfc850(moment: Date): string {
  const [, day, month, year, time] = moment.toUTCString().split(" ");
  const weekday = moment.toLocaleDateString("en-US", { weekday: "long", timeZone: "UTC" });
  return `${weekday}, ${day}-${month}-${year?.slice(2)} ${time} GMT`;
}

function asctime(moment: Date): string {
  const [weekday, day, month, year, time] = moment.toUTCString().split(" ");
  return `${weekday?.slice(0, 3)} ${month} ${day?.replace(/^0/, " ")} ${time} ${year}`;
}

function often<Value>(value: Arbitrary<Value>): Arbitrary<Value | null> {
  return option(value, { freq: 3 });
}

/** Almost half of all requests have no field of this kind. */
function seldom<Value>(value: Arbitrary<Value>): Arbitrary<Value | null> {
  return oneof({ weight: 9, arbitrary: constant(null) }, { weight: 2, arbitrary: value });
}

function sent(fields: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => field[1] !== null));
}
