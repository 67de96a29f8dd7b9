import { SnapbyteError } from "../../core/errors.ts";
import { checkMaterial, materialExpiresAt, materialName } from "../../core/verify/check-material.ts";
import type { Material, MaterialKind } from "../../core/verify/material.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ServiceAccountKeys } from "../../ports/service-account-keys.ts";
import type { Report } from "../in-background.ts";
import { reach } from "../reach.ts";
import { ENDING_FIELD } from "./key-fields.ts";

/** Verification material as a call's body has it, unchecked; `path` stands before its fields' names in errors. */
export type GivenKey = { readonly path: string; readonly fields: unknown };

/** Material that is good for something, and what tells it from the tenant's other keys. */
export type CheckedKey = {
  readonly path: string;
  readonly material: Material;
  readonly kind: MaterialKind;
  readonly name: string;
  readonly expiresAt: number | null;
};

export type CheckKeyParts = {
  readonly serviceAccounts: ServiceAccountKeys;
  readonly clock: Clock;
  readonly report: Report;
};

/**
 * Understands verification material. Throws 400 naming the field that is wrong, 503 when Google should know an account
 * and cannot be asked. Errors hold nothing of what was given.
 */
export async function checkKey({ path, fields }: GivenKey, parts: CheckKeyParts): Promise<CheckedKey> {
  const refuse = (field: string, why: string) => new SnapbyteError("INVALID_FIELD", `${path}${field} ${why}.`);
  const material = await checkMaterial(fields);
  if ("field" in material) throw refuse(material.field, material.message);
  const expiresAt = materialExpiresAt(material);
  if (expiresAt !== null && expiresAt <= parts.clock.now()) {
    throw refuse(ENDING_FIELD[material.kind] ?? "kind", "has passed");
  }
  if (material.kind === "gcs-account" && material.publicKeys === null) {
    const keys = await reach("service accounts", parts.serviceAccounts.find(material.email), parts.report);
    if (keys === null) throw refuse("email", "names an account that Google does not know");
  }
  return { path, material, kind: material.kind, name: materialName(material), expiresAt };
}
