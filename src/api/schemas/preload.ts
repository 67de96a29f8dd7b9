import * as z from "zod";
import { PRELOAD_STATUSES } from "../../app/preload.ts";
import { MAX_URL_BYTES } from "../../core/origin-url/raw-url.ts";
import { preloadItem } from "../../core/preload/preload-item.ts";

export { preloadItem };

/** Items of one call: their claims and messages fit into one invocation's budget. */
export const MAX_PRELOAD_ITEMS = 1_000;

export const preloadBatch = z
  .strictObject({ items: z.array(preloadItem).min(1).max(MAX_PRELOAD_ITEMS) })
  .meta({ id: "PreloadBatch" });

export const preloadManifest = z
  .strictObject({
    manifest: z
      .string()
      .max(MAX_URL_BYTES)
      .describe("The URL, on an allowed origin, of a manifest: one PreloadItem in JSON on each line (NDJSON)."),
  })
  .meta({ id: "PreloadManifest" });

export const preloadResult = z
  .strictObject({
    key: z.string().describe("Names the entry in /cache/{key}."),
    status: z.enum(PRELOAD_STATUSES),
  })
  .meta({ id: "PreloadResult" });

const batch = z.string().describe("Names the batch in /preload/{batch}, for a week.");

/** One result for one item; for a list the results in the items' order; for a manifest where its lines are told of. */
export const preloadAnswer = z
  .union([
    preloadResult,
    z.strictObject({ batch, items: z.array(preloadResult) }),
    z.strictObject({ batch, status: z.literal("expanding") }),
  ])
  .meta({ id: "PreloadAnswer" });
