import * as z from "zod";
import { UPLOAD_ROLES, type UploadRole } from "./upload-session.ts";

/** What a client tells of its file when it begins. */
export type UploadWish = {
  /** As it was given: to be shown, never to be a path. */
  readonly fileName: string;
  /** Bytes. */
  readonly size: number;
  readonly userId: string;
  readonly userRole: UploadRole;
  readonly contentType: string;
  /** What the whole was declared to have, in hex; `null`: nothing was declared. */
  readonly sha256: string | null;
  /** Whether it becomes an asset when it is complete. */
  readonly asset: boolean;
};

/** One segment of a path: no slash, no dot at its beginning, nothing that a URL would have to write otherwise. */
const USER_ID = /^\w[\w.@:+=|~-]{0,127}$/;
/** RFC 9110 section 8.3.1, parameters as they come, nothing that could end a header. */
const CONTENT_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:[ \t]*;[\t\x20-\x7e]*)?$/;

export const fileName = z.string().min(1, "must not be empty").max(1024, "must have at most 1024 characters");
export const totalSize = z.int("must be a whole number of bytes").nonnegative("must not be negative");
export const userId = z
  .string()
  .regex(USER_ID, "must be 1 to 128 of letters, digits and _ . @ : + = | ~ -, not beginning with a dot");
export const userRole = z.enum(UPLOAD_ROLES, `must be one of ${UPLOAD_ROLES.join(", ")}`);
export const contentType = z
  .string()
  .max(255, "must have at most 255 characters")
  .regex(CONTENT_TYPE, "must be a MIME type such as video/mp4");
export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/i, "must be 64 hexadecimal digits")
  .transform((hex) => hex.toLowerCase());
