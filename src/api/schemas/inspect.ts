import * as z from "zod";
import type { Inspection } from "../../app/inspect.ts";
import { MAX_URL_BYTES } from "../../core/origin-url/raw-url.ts";
import { ACCESS_MODES } from "../../core/tenant.ts";

const names = z.array(z.string());

export const inspectRequest = z
  .strictObject({ url: z.string().max(MAX_URL_BYTES).describe("A URL as it would be given to /proxy.") })
  .meta({ id: "InspectRequest" });

export const inspectAnswer = z
  .strictObject({
    provider: z.string().nullable().describe("The signing scheme that the URL carries; null: none that we know."),
    identity: z.string().describe("Which object the URL names, without its credentials."),
    expires_at: z.iso.datetime().nullable().describe("When the URL ends; null: it does not tell."),
    storable: z.boolean().describe("Whether a copy may be made through this URL."),
    reason: z.string().nullable().describe("Why no copy is made or served; null: nothing stands in the way."),
    access: z.enum(ACCESS_MODES).nullable().describe("How a download proves access; null: no origin rule allows it."),
    cached: z.boolean().describe("Whether there is a copy of the object now."),
    parameters: z
      .strictObject({
        credential: names.describe("Prove access, and name no object."),
        significant: names.describe("Say which bytes are meant."),
        presentational: names.describe("Say only under which headers the bytes are shown."),
        unsigned: names.describe("Those of any kind that the URL's signature does not cover."),
      })
      .describe("The names of the URL's parameters; values are never shown."),
  })
  .meta({ id: "InspectAnswer" });

/** What a URL means, as the API shows it. */
export function inspectionToBody(inspection: Inspection): z.infer<typeof inspectAnswer> {
  const { provider, identity, expiresAt, storable, reason, access, cached, parameters } = inspection;
  return {
    ...{ provider, identity, storable, reason, access, cached },
    expires_at: isoTime(expiresAt),
    parameters: {
      credential: [...parameters.credential],
      significant: [...parameters.significant],
      presentational: [...parameters.presentational],
      unsigned: [...parameters.unsigned],
    },
  };
}

/** A URL may name any moment; those that no date can hold are as good as none. */
function isoTime(milliseconds: number | null): string | null {
  const date = new Date(milliseconds ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
