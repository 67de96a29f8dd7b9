import * as z from "zod";
import { RESOURCE_POLICIES, type ServingSettings } from "../../core/tenant.ts";

/** Of each list: all of them are sent, or compared, with every answer. */
const MAX_VALUES = 100;
/** Characters of an origin: a host name and a port. */
const MAX_ORIGIN_LENGTH = 300;
const MAX_FIELD_NAME_LENGTH = 100;
/** A day, in seconds: browsers remember a preflight no longer. */
const MAX_AGE_SECONDS = 86_400;
const DEFAULT_MAX_AGE_SECONDS = 3600;

const fieldNames = z.array(z.string().max(MAX_FIELD_NAME_LENGTH)).max(MAX_VALUES);

const cors = z
  .strictObject({
    origins: z
      .array(z.string().max(MAX_ORIGIN_LENGTH))
      .max(MAX_VALUES)
      .describe("Origins such as https://app.example.com, or * alone."),
    request_headers: fieldNames.default([]).describe("Fields that scripts may send, beside ranges and conditions."),
    exposed_headers: fieldNames.default([]).describe("Fields that scripts may see, beside those of every download."),
    max_age_seconds: z
      .number()
      .int()
      .min(0)
      .max(MAX_AGE_SECONDS)
      .default(DEFAULT_MAX_AGE_SECONDS)
      .describe("How long a browser may remember a preflight."),
  })
  .nullable()
  .describe("Which pages of other origins may read copies by script; null: none.");

const fields = {
  cors,
  resource_policy: z.enum(RESOURCE_POLICIES).describe("Cross-Origin-Resource-Policy of copies."),
  show_active: z
    .boolean()
    .describe("Whether HTML, SVG, XML, scripts and PDF are shown as they are, on host names of your own."),
};

export const servingBody = z.strictObject(fields).meta({ id: "ServingSettings" });

export const servingChange = z.strictObject(fields).partial().meta({ id: "ServingChange" });

/** The settings as the API shows them. */
export function servingToBody({ cors, resourcePolicy, showActive }: ServingSettings): z.infer<typeof servingBody> {
  return {
    cors: cors && {
      origins: [...cors.origins],
      request_headers: [...cors.requestHeaders],
      exposed_headers: [...cors.exposedHeaders],
      max_age_seconds: cors.maxAgeSeconds,
    },
    resource_policy: resourcePolicy,
    show_active: showActive,
  };
}

/** What a body asks to be changed; what it does not name stays. */
export function servingFromBody(body: z.infer<typeof servingChange>): Partial<ServingSettings> {
  const { cors, resource_policy, show_active } = body;
  return {
    ...(cors !== undefined && {
      cors: cors && {
        origins: cors.origins,
        requestHeaders: cors.request_headers,
        exposedHeaders: cors.exposed_headers,
        maxAgeSeconds: cors.max_age_seconds,
      },
    }),
    ...(resource_policy !== undefined && { resourcePolicy: resource_policy }),
    ...(show_active !== undefined && { showActive: show_active }),
  };
}
