import * as z from "zod";
import type { LinkKeyName, NewLinkKey } from "../../app/settings/link-keys.ts";

const name = {
  kid: z.string().describe("Names the key in links; no secret."),
  created_at: z.iso.datetime(),
};

export const linkKeyBody = z.strictObject(name).meta({ id: "LinkKey" });

export const newLinkKeyBody = z
  .strictObject({ ...name, key: z.string().describe("The secret that signs links. It is shown this once.") })
  .meta({ id: "NewLinkKey" });

export const linkKeyList = z.strictObject({ link_keys: z.array(linkKeyBody) }).meta({ id: "LinkKeyList" });

export const linkKeyDeleted = z
  .strictObject({ kid: z.string(), status: z.literal("deleted") })
  .meta({ id: "LinkKeyDeleted" });

/** A link key as the API shows it at any time: never its secret. */
export function linkKeyToBody({ kid, createdAt }: LinkKeyName): z.infer<typeof linkKeyBody> {
  return { kid, created_at: new Date(createdAt).toISOString() };
}

/** A link key as the API shows it once. */
export function newLinkKeyToBody(made: NewLinkKey): z.infer<typeof newLinkKeyBody> {
  return { ...linkKeyToBody(made), key: made.key };
}
