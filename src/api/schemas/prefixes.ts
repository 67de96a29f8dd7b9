import * as z from "zod";
import { MAX_CUSTOM_KEY_BYTES } from "../../core/entry-key.ts";
import { MAX_URL_BYTES } from "../../core/origin-url/raw-url.ts";

/** Text of at most so many characters, with nothing in it that Postgres would not take. */
export const plainText = (limit: number) =>
  z
    .string()
    .min(1)
    .max(limit)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, "must not hold control characters");

/** How several entries are meant by what they begin with: the same for who looks and for who purges. */
export const prefixes = {
  prefix: plainText(MAX_CUSTOM_KEY_BYTES).describe("Keys that begin so."),
  url_prefix: plainText(MAX_URL_BYTES)
    .regex(/^https?:\/\/[^?#/]+[^?#]*$/i, "must be the beginning of a URL, host included, without a query")
    .describe("Entries whose source_url begins so, as GET /cache shows it."),
};
