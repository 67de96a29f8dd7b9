import type { ResourcePolicy, Tenant } from "../tenant.ts";
import { isActiveContent } from "./active-content.ts";
import type { MaybeFields } from "./fields.ts";

/** What a browser may do with an answer. */
export type Display = {
  readonly resourcePolicy: ResourcePolicy;
  /** Whether what acts in a browser is shown as it is. */
  readonly showActive: boolean;
};

/** How a tenant's files are shown on a host name: what acts in a browser on names of the tenant's own only. */
export function displayOn(host: string, { serving, hosts }: Pick<Tenant, "serving" | "hosts">): Display {
  const { resourcePolicy, showActive } = serving;
  return { resourcePolicy, showActive: showActive && hosts.includes(host.toLowerCase()) };
}

/** The fields that keep a customer's file from acting in the name of our host, its disposition among them. */
export function safetyHeaders(type: string | null, disposition: string | null, display: Display): MaybeFields {
  const active = !display.showActive && isActiveContent(type);
  return {
    "Content-Disposition": active ? asAttachment(disposition) : disposition,
    "Content-Security-Policy": active ? "sandbox" : null,
    "Cross-Origin-Resource-Policy": display.resourcePolicy,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  };
}

/** A disposition that has the answer saved; the file name of an `inline` one stays. */
function asAttachment(disposition: string | null): string {
  return disposition === null ? "attachment" : disposition.replace(/^[^;]*/, "attachment");
}
