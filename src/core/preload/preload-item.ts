import * as z from "zod";
import { MAX_CUSTOM_KEY_BYTES } from "../entry-key.ts";
import { MAX_URL_BYTES } from "../origin-url/raw-url.ts";
import { tagList } from "../purge/tag-list.ts";

/** One wanted copy, as the API and a line of a manifest take it. */
export const preloadItem = z
  .strictObject({
    url: z.string().max(MAX_URL_BYTES).describe("The signed URL of the object, on an allowed origin."),
    hash: z
      .string()
      .min(1)
      .max(MAX_CUSTOM_KEY_BYTES)
      .optional()
      .describe(
        "A key of your own for the entry, at most 512 bytes. Without it, the object that url names is the key.",
      ),
    expires_at: z.iso
      .datetime({ offset: true })
      .optional()
      .describe("From this moment on the copy is not served, and is removed."),
    tags: tagList.optional().describe("Names under which the copy can be purged with others; case does not count."),
  })
  .meta({ id: "PreloadItem" });

export type PreloadItemBody = z.infer<typeof preloadItem>;
