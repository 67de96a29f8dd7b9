import * as z from "zod";

const common = {
  version: z.literal(1),
  tenant: z.string().min(1),
  batch: z.string().min(1),
  requestId: z.string(),
};

/** A manifest is to be fetched. Its URL is sealed: the queue keeps it for days. */
const manifest = z.strictObject({ ...common, kind: z.literal("manifest"), sealedUrl: z.string().min(1) });

/** Lines of a manifest, sealed in the store, are to be queued. */
const chunk = z.strictObject({
  ...common,
  kind: z.literal("manifest-chunk"),
  /** Which reading of the manifest it is of: each stores chunks of its own. */
  run: z.number().int().positive(),
  /** From 0. */
  chunk: z.number().int().nonnegative(),
});

const shape = z.discriminatedUnion("kind", [manifest, chunk]);

export type ManifestUrlMessage = z.infer<typeof manifest>;
export type ManifestChunkMessage = z.infer<typeof chunk>;

/** A manifest on its way through the queue, beside the fills: what asks for one of those has no `kind`. */
export type ManifestMessage = z.infer<typeof shape>;

/** The message, or `null` for a body that is none: another version, a fill, or not ours. */
export function parseManifestMessage(body: unknown): ManifestMessage | null {
  const parsed = shape.safeParse(body);
  return parsed.success ? parsed.data : null;
}
