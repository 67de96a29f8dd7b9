import type { Tenant, TenantName } from "../../core/tenant.ts";

/** Another shape of a stored answer gets another number; one of another number is read as absent. */
const VERSION = 5;

/** A directory's answer: whose a name is, or that it is nobody's. */
export type Answer = { readonly tenant: Tenant | null };

/** An answer as text, for a cache of ours. The secrets in it are sealed. */
export function writeAnswer({ tenant }: Answer): string {
  return JSON.stringify({ version: VERSION, tenant });
}

/** The answer that {@link writeAnswer} wrote, or `null` for anything else. */
export function readAnswer(text: string): Answer | null {
  try {
    const { version, tenant } = JSON.parse(text) as Answer & { version: number };
    return version === VERSION ? { tenant } : null;
  } catch {
    return null;
  }
}

/** One string per name, for keys of maps and caches: a host and a site of the same text are two names. */
export function nameText(name: TenantName): string {
  return `${name.by}:${name.value}`;
}
