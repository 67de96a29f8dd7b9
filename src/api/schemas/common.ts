import * as z from "zod";
import { ERRORS, type ErrorCode } from "../../core/errors.ts";

export const errorBody = z
  .strictObject({
    error: z.strictObject({
      code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
      message: z.string(),
      timestamp: z.iso.datetime(),
      request_id: z.string(),
      limit: z
        .strictObject({
          name: z.string(),
          allowed: z.number().nullable(),
          until: z.iso.datetime().nullable().describe("null: until somebody changes it."),
        })
        .optional()
        .describe("Of an error about a limit."),
      missing: z
        .array(z.int())
        .optional()
        .describe("Of an upload that is not complete: the first 100 indices of chunks that are missing."),
    }),
  })
  .meta({ id: "Error" });

export const healthBody = z
  .strictObject({
    status: z.enum(["ok", "degraded"]),
    dependencies: z.record(z.string(), z.enum(["ok", "down"])),
  })
  .meta({ id: "Health" });
