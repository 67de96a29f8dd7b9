import { fromBase64Url } from "../../crypto/base64url.ts";
import type { Moment } from "../moments.ts";

/** The object that a base64url text holds as JSON, or `null`. */
export function decodeJson(text: string): object | null {
  const bytes = fromBase64Url(text.replace(/=+$/, ""));
  if (!bytes) return null;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

/** What a JSON web token claims, unchecked; `null` when it is none. */
export function jwtClaims(token: string | null): object | null {
  return decodeJson((token ?? "").split(".")[1] ?? "");
}

/** A moment that a token names in seconds; `null` when it names none. */
export function jwtMoment(token: string | null, claim: "exp"): number | null {
  return secondsOf(field(jwtClaims(token), claim));
}

/** The field of an object that was read from JSON; `undefined` of all else. */
export function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** A number of seconds since the epoch, as one of ms. */
export function secondsOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? Math.floor(value) * 1000 : null;
}

/** For a moment without which the credential is no credential. */
export function needed(moment: Moment): Moment {
  return moment ?? "unreadable";
}
