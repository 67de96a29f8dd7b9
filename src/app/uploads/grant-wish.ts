import { SnapbyteError } from "../../core/errors.ts";
import type { Tenant } from "../../core/tenant.ts";
import { beyondGrant, mayBegin } from "../../core/uploads/upload-token.ts";
import type { UploadWish } from "../../core/uploads/upload-wish.ts";
import { refusal } from "../people/managed.ts";
import type { TokenHolder } from "./admit-token.ts";

/** For whom something is uploaded. */
export type Uploader = {
  readonly tenant: Tenant;
  /** `null`: it is an API key, or a person, that may upload whatever there is. */
  readonly holder: TokenHolder | null;
};

/**
 * The wish, where the uploader may have that at `now` (ms since the epoch). Throws 402 where the tenant is over its plan,
 * 401 for a token that has ended, 400 and 413 for what it is not for. `goesOn`: it is made of what was begun before, when
 * plan and end were looked at.
 */
export function grantWish(wish: UploadWish, { tenant, holder }: Uploader, now: number, goesOn = false): UploadWish {
  if (tenant.standing !== "good" && !goesOn) throw refusal(tenant.standing);
  if (!holder) return wish;
  if (!goesOn && !mayBegin(holder.grant, now)) throw new SnapbyteError("UNAUTHORIZED", "The token has ended.");
  const beyond = beyondGrant(holder.grant, wish);
  if (beyond === "total_size") throw new SnapbyteError("FILE_TOO_LARGE", "The token is for a smaller file.");
  if (beyond !== null) throw new SnapbyteError("INVALID_FIELD", `${beyond}: the token is not for this.`);
  return wish;
}
