import * as z from "zod";
import { FILL_MODES, type FillSettings } from "../../core/tenant.ts";

/** 5 TiB, what one object of R2 may have: https://developers.cloudflare.com/r2/platform/limits/ */
const LARGEST_OBJECT_BYTES = 5 * 2 ** 40;

/** As long as a name can be. Whether there is such a store, the deployment says. */
const storeName = z.string().min(1).max(32);

const fields = {
  mode: z.enum(FILL_MODES).describe("What a first download gets: the origin, its bytes through us, or the cheaper."),
  store_html: z.boolean().describe("Whether HTML is stored."),
  max_object_bytes: z
    .number()
    .int()
    .min(1)
    .max(LARGEST_OBJECT_BYTES)
    .nullable()
    .describe("Larger objects are not stored; null: no limit of your own."),
  store: storeName.nullable().describe("The store for copies, by its name; null: the deployment's own."),
  large_store: z
    .strictObject({
      store: storeName,
      from_bytes: z.number().int().min(1).max(LARGEST_OBJECT_BYTES),
    })
    .nullable()
    .describe("The store for copies of at least so many bytes; null: one store for all."),
};

export const fillsBody = z.strictObject(fields).meta({ id: "FillSettings" });

export const fillsChange = z.strictObject(fields).partial().meta({ id: "FillChange" });

/** The settings as the API shows them. */
export function fillsToBody(settings: FillSettings): z.infer<typeof fillsBody> {
  const { mode, storeHtml, maxObjectBytes, store, largeStore } = settings;
  const large = largeStore && { store: largeStore.store, from_bytes: largeStore.fromBytes };
  return { mode, store_html: storeHtml, max_object_bytes: maxObjectBytes, store, large_store: large };
}

/** What a body asks to be changed; what it does not name stays. */
export function fillsFromBody(body: z.infer<typeof fillsChange>): Partial<FillSettings> {
  const { mode, store_html, max_object_bytes, store, large_store: large } = body;
  return {
    ...(mode !== undefined && { mode }),
    ...(store_html !== undefined && { storeHtml: store_html }),
    ...(max_object_bytes !== undefined && { maxObjectBytes: max_object_bytes }),
    ...(store !== undefined && { store }),
    ...(large !== undefined && { largeStore: large && { store: large.store, fromBytes: large.from_bytes } }),
  };
}
