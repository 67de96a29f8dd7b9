import * as z from "zod";

export const linksRevoked = z
  .strictObject({
    epoch: z.number().int().describe("Of the links that are made from now on; each revocation raises it."),
    status: z.literal("revoked"),
  })
  .meta({ id: "LinksRevoked" });

/** The answer to a revocation that has come into force. */
export function revokedToBody(epoch: number): z.infer<typeof linksRevoked> {
  return { epoch, status: "revoked" };
}
