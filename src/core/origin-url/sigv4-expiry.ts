import { calendarTime } from "./moments.ts";
import type { RawParameter } from "./raw-url.ts";

/** Longest life of a SigV4 URL: 7 days (AWS, "Authenticating Requests: Using Query Parameters", X-Amz-Expires). */
const MAX_LIFE_SECONDS = 604_800;

const DATE = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/** When a URL of the SigV4 family ends, in ms since the epoch: its date plus its life in seconds; `null` if unreadable. */
export function sigV4Expiry(parameters: readonly RawParameter[], dateName: string, expiresName: string): number | null {
  const start = sigV4Start(parameters, dateName);
  const expires = parameters.find(({ name }) => name === expiresName)?.value ?? "";
  if (start === null || !/^\d{1,6}$/.test(expires) || Number(expires) > MAX_LIFE_SECONDS) return null;
  return start + Number(expires) * 1000;
}

/** When it was signed, in ms since the epoch; `null` if unreadable. */
export function sigV4Start(parameters: readonly RawParameter[], dateName: string): number | null {
  const date = DATE.exec(parameters.find(({ name }) => name === dateName)?.value ?? "");
  if (!date) return null;
  const start = calendarTime(date.slice(1).map(Number));
  return start === "unreadable" ? null : start;
}
