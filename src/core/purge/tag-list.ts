import * as z from "zod";
import { foldTag, MAX_TAG_LENGTH, MAX_TAGS, TAG, unionOfTags } from "./tags.ts";

const RULE = `must be 1 to ${MAX_TAG_LENGTH} characters of printable ASCII, without space and comma`;

/** One tag, as a body gives it. */
export const tag = z.string().max(MAX_TAG_LENGTH).regex(TAG, RULE).transform(foldTag);

/** The tags that something is given. */
export const tagList = z
  .array(z.string().max(MAX_TAG_LENGTH).regex(TAG, RULE))
  .max(MAX_TAGS)
  .transform((tags) => unionOfTags(tags));
