import * as z from "zod";
import { usageQuery } from "../schemas/usage.ts";
import { type Json, managed, query, ref, security } from "./operation-parts.ts";

/** What was used. */
export function usagePaths(): Json {
  const parameters = Object.entries(z.toJSONSchema(usageQuery, { io: "input" }).properties ?? {});
  return {
    "/usage": {
      get: {
        summary: "What was used, by hour, day or month, in all or by origin or key",
        security,
        parameters: parameters.map(([name, schema]) => query(name, "", schema as Json)),
        responses: {
          ...managed,
          200: {
            description: "A page. As CSV a further page is named in the field Link.",
            content: { "application/json": { schema: ref("UsagePage") }, "text/csv": { schema: { type: "string" } } },
          },
        },
      },
    },
  };
}
