/**
 * A moment that a URL names, in ms since the epoch. `null`: it names none that we could hold it to. `unreadable`: what
 * should be a moment is none, so no server takes it for one.
 */
export type Moment = number | null | "unreadable";

/** Seconds since the epoch with more digits (the year 5138 and later) are a signer's mistake, mostly milliseconds. */
const MAX_SECONDS_DIGITS = 11;

/** Seconds since the epoch. More digits than a date has mean nothing to us, and some date to the provider. */
export function epochSeconds(text: string | null): Moment {
  if (text === null) return null;
  if (!/^\d+$/.test(text)) return "unreadable";
  return text.length > MAX_SECONDS_DIGITS ? null : Number(text) * 1000;
}

/** Milliseconds since the epoch. */
export function epochMilliseconds(text: string | null): Moment {
  if (text === null) return null;
  if (!/^\d+$/.test(text)) return "unreadable";
  return text.length > MAX_SECONDS_DIGITS + 3 ? null : Number(text);
}

/** Seconds since the epoch, in hexadecimal. */
export function hexSeconds(text: string | null): Moment {
  if (text === null) return null;
  return /^[0-9a-f]{1,9}$/i.test(text) ? Number.parseInt(text, 16) * 1000 : "unreadable";
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,7})?)?Z?)?$/;

/** ISO 8601 in UTC: a date, or a date and a time to the minute, the second or a fraction of it, which is cut off. */
export function isoTime(text: string | null): Moment {
  if (text === null) return null;
  const [, ...fields] = ISO.exec(text) ?? [];
  return fields.length > 0 ? calendarTime(fields.map((field) => Number(field ?? 0))) : "unreadable";
}

/** Year, month from 1, day, hour, minute and second in UTC; `unreadable` where the calendar has no such moment. */
export function calendarTime(fields: readonly number[]): number | "unreadable" {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(time);
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour;
  return same && date.getUTCMinutes() === minute && date.getUTCSeconds() === second ? time : "unreadable";
}
