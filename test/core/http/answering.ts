import type { ObjectHeaders } from "../../../src/core/http/object-headers.ts";
import { type AnswerPlan, planAnswer } from "../../../src/core/http/plan-answer.ts";
import { NOON, SECOND } from "../samples.ts";

export const AT = new Date(NOON).toUTCString();
export const BEFORE = new Date(NOON - SECOND).toUTCString();
export const AFTER = new Date(NOON + SECOND).toUTCString();

export const SIZE = 1000;

/** A copy of 1000 bytes, last changed at noon. */
export const OBJECT: ObjectHeaders = {
  contentType: "video/mp4",
  contentEncoding: null,
  contentLanguage: null,
  contentDisposition: null,
  cacheControl: "public, max-age=31536000",
  etag: '"a"',
  lastModified: AT,
};

export type Asking = {
  readonly method?: "GET" | "HEAD";
  readonly fields?: Readonly<Record<string, string>>;
  readonly acceptEncoding?: string | null;
  readonly object?: Partial<ObjectHeaders>;
  readonly size?: number;
};

/** What is answered to a request for the copy; `object` says how the copy differs from {@link OBJECT}. */
export function planned(asking: Asking = {}): AnswerPlan {
  const { method = "GET", fields = {}, acceptEncoding = null, object = {}, size = SIZE } = asking;
  const headers = new Headers(fields);
  return planAnswer({ method, headers, acceptEncoding }, { size, headers: { ...OBJECT, ...object } });
}
