import * as z from "zod";
import type { LinkWish, MadeLink } from "../../app/settings/sign-link.ts";
import { MAX_CUSTOM_KEY_BYTES } from "../../core/entry-key.ts";
import { MAX_URL_BYTES } from "../../core/origin-url/raw-url.ts";
import { tagList } from "../../core/purge/tag-list.ts";

/** Seconds: seven days, as the longest of S3's own. */
const MAX_LINK_LIFE_S = 604_800;
const DEFAULT_LINK_LIFE_S = 3_600;

export const linkRequest = z
  .strictObject({
    url: z.string().max(MAX_URL_BYTES).optional().describe("The origin's URL, as it would be given to /proxy."),
    hash: z.string().min(1).max(MAX_CUSTOM_KEY_BYTES).optional().describe("The key of the entry."),
    scope: z
      .string()
      .max(MAX_CUSTOM_KEY_BYTES + 1)
      .optional()
      .describe("For a link to every key that begins so: text and then one *, such as reports/*."),
    expires_in: z.number().int().min(1).max(MAX_LINK_LIFE_S).default(DEFAULT_LINK_LIFE_S).describe("Seconds from now."),
    not_before: z.iso.datetime({ offset: true }).optional().describe("The link begins at this moment."),
    tags: tagList.optional().describe("Names under which a copy that the link has made can be purged with others."),
    ip: z.string().max(64).optional().describe("The address or CIDR block from which the link may be used."),
  })
  .meta({ id: "LinkRequest" });

export const linkAnswer = z
  .strictObject({
    link: z.string(),
    kid: z.string().describe("Names the link key that signed it."),
    expires_at: z.iso.datetime(),
  })
  .meta({ id: "LinkAnswer" });

/** What a body asks for. */
export function linkFromBody(body: z.infer<typeof linkRequest>): LinkWish {
  const { url = null, hash = null, scope = null, ip = null, tags = [], expires_in, not_before } = body;
  return {
    ...{ url, hash, scope, ip, tags: tags.length === 0 ? null : tags.join(",") },
    expiresIn: expires_in,
    notBefore: not_before === undefined ? null : Date.parse(not_before),
  };
}

/** A link as the API shows it, at `origin`, the host that was asked. */
export function linkToBody({ path, kid, expiresAt }: MadeLink, origin: string): z.infer<typeof linkAnswer> {
  return { link: origin + path, kid, expires_at: new Date(expiresAt).toISOString() };
}
