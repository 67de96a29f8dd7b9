import { z } from "zod";
import { PRELOAD_STATUSES } from "../../app/preload.ts";
import { MAX_CUSTOM_KEY_BYTES } from "../../core/entry-key.ts";
import { MAX_URL_BYTES } from "../../core/origin-url/raw-url.ts";

/** Items of one call: their claims and messages fit into one invocation's budget. */
export const MAX_PRELOAD_ITEMS = 1_000;

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
  })
  .meta({ id: "PreloadItem" });

export const preloadBatch = z
  .strictObject({ items: z.array(preloadItem).min(1).max(MAX_PRELOAD_ITEMS) })
  .meta({ id: "PreloadBatch" });

export const preloadResult = z
  .strictObject({
    key: z.string().describe("Names the entry in /cache/{key}."),
    status: z.enum(PRELOAD_STATUSES),
  })
  .meta({ id: "PreloadResult" });

/** One result for one item, a list in the items' order for a batch. */
export const preloadAnswer = z
  .union([preloadResult, z.strictObject({ items: z.array(preloadResult) })])
  .meta({ id: "PreloadAnswer" });
