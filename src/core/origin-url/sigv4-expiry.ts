import { calendarTime } from "./moments.ts";
import type { RawParameter } from "./raw-url.ts";

/** Longest life of a SigV4 URL: 7 days (AWS, "Authenticating Requests: Using Query Parameters", X-Amz-Expires). */
const MAX_LIFE_SECONDS = 604_800;

const DATE = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/** From when until when a URL of the SigV4 family lives, in ms since the epoch; `null`: unreadable. */
export type SigV4Life = { readonly start: number | null; readonly end: number | null };

/** By its date, and by how many seconds it lives from then. */
export function sigV4Life(date: string | null, expires: string | null): SigV4Life {
  const start = startOf(date ?? "");
  const seconds = /^\d{1,6}$/.test(expires ?? "") ? Number(expires) : Number.POSITIVE_INFINITY;
  return { start, end: start === null || seconds > MAX_LIFE_SECONDS ? null : start + seconds * 1000 };
}

/** When a URL of the SigV4 family ends, in ms since the epoch: its date plus its life in seconds; `null` if unreadable. */
export function sigV4Expiry(parameters: readonly RawParameter[], dateName: string, expiresName: string): number | null {
  const first = (wanted: string) => parameters.find(({ name }) => name === wanted)?.value ?? null;
  return sigV4Life(first(dateName), first(expiresName)).end;
}

function startOf(text: string): number | null {
  const date = DATE.exec(text);
  if (!date) return null;
  const start = calendarTime(date.slice(1).map(Number));
  return start === "unreadable" ? null : start;
}
