import * as z from "zod";
import { allSavingsQuery, savingsQuery } from "../schemas/savings.ts";
import { allUsageQuery, usageQuery } from "../schemas/usage.ts";
import { answer, type Json, managed, query, ref, security, site } from "./operation-parts.ts";

/** A call that answers in JSON or in CSV. */
function table(summary: string, schema: z.ZodType, gives: string, description: string): Json {
  const parameters = Object.entries(z.toJSONSchema(schema, { io: "input" }).properties ?? {});
  const content = { "application/json": { schema: ref(gives) }, "text/csv": { schema: { type: "string" } } };
  return {
    get: {
      ...{ summary, security },
      parameters: parameters.map(([name, shape]) => query(name, "", shape as Json)),
      responses: { ...managed, 200: { description, content } },
    },
  };
}

function plain(summary: string, gives: string): Json {
  return { get: { summary, security, parameters: [site], responses: { ...managed, 200: answer("Done.", gives) } } };
}

/** What was used, and what that is in money. */
export function usagePaths(): Json {
  const page = "A page. As CSV a further page is named in the field Link.";
  const whole = "All of it: quantity, price and price table stand behind each figure.";
  return {
    "/usage": table("What was used, by hour, day or month, in all or by origin or key", usageQuery, "UsagePage", page),
    "/usage/all": table("For operators: the same of all tenants together", allUsageQuery, "UsagePage", page),
    "/savings": table(
      "What origins would have charged, what was paid, and what was saved",
      savingsQuery,
      "Savings",
      whole,
    ),
    "/savings/all": table("For operators: the sum of all tenants' savings", allSavingsQuery, "Savings", whole),
    "/storage": plain("Bytes of the copies that lie here, now and on 30 days", "Storage"),
    "/prices": plain("The price tables of origins and of the platform, and their sources", "PriceList"),
  };
}
