import type { RawParameter } from "./raw-url.ts";

/** Longest life of a SigV4 URL: 7 days (AWS, "Authenticating Requests: Using Query Parameters", X-Amz-Expires). */
const MAX_LIFE_SECONDS = 604_800;

const DATE = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/** When a URL of the SigV4 family ends, in ms since the epoch: its date plus its life in seconds; `null` if unreadable. */
export function sigV4Expiry(parameters: readonly RawParameter[], dateName: string, expiresName: string): number | null {
  const date = DATE.exec(parameters.find(({ name }) => name === dateName)?.value ?? "");
  const expires = parameters.find(({ name }) => name === expiresName)?.value ?? "";
  if (!date || !/^\d{1,6}$/.test(expires) || Number(expires) > MAX_LIFE_SECONDS) return null;
  const [, year, month, day, hour, minute, second] = date;
  const start = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(start) ? null : start + Number(expires) * 1000;
}
