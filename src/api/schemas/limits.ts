import * as z from "zod";
import type { Limits, OwnLimits } from "../../core/plans/limits.ts";
import { type Standing, spellOver } from "../../core/plans/standing.ts";

const limit = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).nullable();
const fields = {
  requests: limit.describe("A month (UTC)."),
  delivered_bytes: limit.describe("A month (UTC)."),
  stored_bytes: limit.describe("At any moment."),
  max_object_bytes: limit,
  ...{ keys: limit, domains: limit, members: limit },
};

export const limitsBody = z.strictObject(fields).meta({ id: "Limits" });

export const ownLimits = z
  .strictObject(fields)
  .partial()
  .meta({ id: "OwnLimits", description: "In the place of the plan's; null: none. What is not named is the plan's." });

export const standingBody = z
  .strictObject({
    status: z.enum(["good", "aside"]).describe("aside: downloads are sent to their origins, and nothing is filled."),
    over: z.enum(["requests", "delivered_bytes", "stored_bytes", "suspended"]).nullable(),
    allowed: z.number().nullable(),
    until: z.iso.datetime().nullable().describe("null: until something changes."),
  })
  .meta({ id: "Standing" });

/** Limits as the API spells them. */
export function limitsToBody(limits: Limits): z.infer<typeof limitsBody> {
  const { requests, deliveredBytes, storedBytes, maxObjectBytes, keys, domains, members } = limits;
  return {
    ...{ requests, delivered_bytes: deliveredBytes, stored_bytes: storedBytes, max_object_bytes: maxObjectBytes },
    ...{ keys, domains, members },
  };
}

const OURS = {
  delivered_bytes: "deliveredBytes",
  stored_bytes: "storedBytes",
  max_object_bytes: "maxObjectBytes",
} as const;
const THEIRS = {
  deliveredBytes: "delivered_bytes",
  storedBytes: "stored_bytes",
  maxObjectBytes: "max_object_bytes",
} as const;

const renamed = (from: object, names: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(from).map(([name, value]) => [names[name] ?? name, value]));

export function ownToBody(own: OwnLimits): z.infer<typeof ownLimits> {
  return renamed(own, THEIRS);
}

export function ownFromBody(body: z.infer<typeof ownLimits>): OwnLimits {
  return renamed(body, OURS);
}

export function standingToBody(standing: Standing): z.infer<typeof standingBody> {
  if (standing === "good") return { status: "good", over: null, allowed: null, until: null };
  const { over, allowed, until } = standing;
  const ends = until === null ? null : new Date(until).toISOString();
  return { status: "aside", over: spellOver(over), allowed, until: ends };
}
