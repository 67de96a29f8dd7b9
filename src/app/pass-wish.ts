import type { OriginUrl } from "../core/origin-url/origin-url.ts";
import { withoutFragment } from "../core/origin-url/raw-url.ts";
import type { OriginRule, Tenant } from "../core/tenant.ts";
import type { FillRequest } from "./fill-request.ts";

/** A first download that may pass through us. */
export type PassWish = {
  readonly tenant: Tenant;
  readonly rule: OriginRule;
  readonly url: OriginUrl;
  /** The copy that is wanted of it. */
  readonly request: FillRequest;
  /** The client's Range; `null`: it wants the whole. */
  readonly range: string | null;
  /** What must be noted before a fill may begin. */
  readonly first: Promise<void>;
};

/** Whether the URL is sent to the origin as the client gave it: else what passes would not be what is kept. */
export function isSentWhole({ raw, fetchText }: OriginUrl): boolean {
  return fetchText === withoutFragment(raw.text);
}
