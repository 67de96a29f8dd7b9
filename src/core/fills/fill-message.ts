import * as z from "zod";
import { MAX_ENTRY_TAGS } from "../purge/tags.ts";

/** A fill on its way through the queue. The origin URL is sealed: the queue keeps it for days. */
const shape = z.strictObject({
  version: z.literal(4),
  tenant: z.string().min(1),
  entry: z.string().length(43),
  fence: z.number().int().positive(),
  /** The entry as the customer names it. */
  publicKey: z.string().min(1),
  /** Whether a caller that we know asked. */
  trusted: z.boolean(),
  /** When the tenant wants the copy gone, ms since the epoch. */
  expiresAt: z.number().int().nullable(),
  /** Digest of the identity of the object that the URL names: only the API knows the tenant's own host names. */
  boundTo: z.string().length(43),
  sealedUrl: z.string().min(1),
  requestId: z.string(),
  /** Which of the consumers that work on one large object side by side this is for, from 0. */
  lane: z.number().int().nonnegative(),
  /** Attempts that were made under earlier messages of the same fill: a message that had to wait is sent anew. */
  spent: z.number().int().nonnegative(),
  /** Names under which the copy can be purged with others. */
  tags: z.array(z.string().min(1)).max(MAX_ENTRY_TAGS),
});

/** What the version before wrote: a deployment may find some of it in the queue. */
const before = shape.omit({ tags: true }).extend({ version: z.literal(3) });

export type FillMessage = z.infer<typeof shape>;

/** The message, or `null` for a body that is none: another version, or not ours. */
export function parseFillMessage(body: unknown): FillMessage | null {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  const old = before.safeParse(body);
  return old.success ? { ...old.data, version: 4, tags: [] } : null;
}
