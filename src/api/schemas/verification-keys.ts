import * as z from "zod";
import { kindText } from "../../app/settings/key-fields.ts";
import type { VerificationKeyName } from "../../app/settings/verification-keys.ts";
import { materialInput } from "../../core/verify/material-schema.ts";

/** Day keys of eight days in six regions, and two more. */
const MAX_BATCH = 50;

export const material = materialInput.meta({ id: "Material" });

export const materialBatch = z
  .strictObject({ keys: z.array(material).min(1).max(MAX_BATCH) })
  .meta({ id: "MaterialBatch" });

/** The frame of a batch; each material in it is checked with its keys later. */
export const batchFrame = z.strictObject({ keys: z.array(z.unknown()).min(1).max(MAX_BATCH) });

export const verificationKeyBody = z
  .strictObject({
    id: z.string(),
    kind: z.string().describe("As it was given, such as s3_day_key."),
    name: z.string().describe("Which key, account or hosts it is for; no secret."),
    created_at: z.iso.datetime(),
    expires_at: z.iso.datetime().nullable().describe("When it is of no use any more; null: never."),
  })
  .meta({ id: "VerificationKey" });

export const verificationKeyList = z
  .strictObject({ verification_keys: z.array(verificationKeyBody) })
  .meta({ id: "VerificationKeyList" });

/** One key for one material, a list in the batch's order for a batch. */
export const verificationKeyAnswer = z
  .union([verificationKeyBody, verificationKeyList])
  .meta({ id: "VerificationKeyAnswer" });

export const verificationKeyDeleted = z
  .strictObject({ id: z.string(), status: z.literal("deleted") })
  .meta({ id: "VerificationKeyDeleted" });

/** A verification key as the API shows it: never its material. */
export function verificationKeyToBody(key: VerificationKeyName): z.infer<typeof verificationKeyBody> {
  const { id, kind, name, createdAt, expiresAt } = key;
  return {
    ...{ id, kind: kindText(kind), name },
    created_at: new Date(createdAt).toISOString(),
    expires_at: expiresAt === null ? null : new Date(expiresAt).toISOString(),
  };
}
