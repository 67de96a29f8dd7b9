import { SnapbyteError } from "../../core/errors.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { TenantDirectory } from "../../ports/directory.ts";
import type { TenantSettings } from "../../ports/tenant-settings.ts";
import type { Report } from "../in-background.ts";
import { reach } from "../reach.ts";

/** What every call needs that reads or changes what a tenant may say about itself. */
export type SettingsParts = {
  readonly settings: TenantSettings;
  readonly directory: Pick<TenantDirectory, "forget">;
  readonly report: Report;
};

/** What is needed to have a change seen everywhere. */
export type ChangeParts = Pick<SettingsParts, "directory" | "report"> & {
  readonly settings: Pick<TenantSettings, "names">;
};

/** Origin rules, CNAMEs and verification keys of one tenant each: a tenant is read whole on every look-up. */
export const MAX_SETTINGS_OF_A_KIND = 200;

/** A name out of a call's path. Throws 404 for one that nothing can have: Postgres takes no NUL in a text. */
export function possibleName(text: string): string {
  if (text === "" || /\p{Cc}/u.test(text)) throw new SnapbyteError("NOT_FOUND");
  return text;
}

/** What the settings say. Throws 503 when they cannot be reached. */
export async function ask<Value>(answer: Promise<Value>, { report }: Pick<SettingsParts, "report">): Promise<Value> {
  return await reach("settings", answer, report);
}

/**
 * Waits for a change of the settings, and has what is remembered of the tenant elsewhere forgotten. Throws 503 when the
 * settings cannot be reached. When the forgetting fails the change stands all the same: what is remembered ends by
 * itself within two minutes.
 */
export async function change<Value>(tenant: TenantId, work: Promise<Value>, parts: ChangeParts): Promise<Value> {
  const value = await ask(work, parts);
  try {
    await parts.directory.forget(await parts.settings.names(tenant));
  } catch (error) {
    parts.report("forget tenant", error);
  }
  return value;
}
