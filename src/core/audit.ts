import type { TenantId } from "./tenant.ts";

/** Facts of a change, in the API's words: no secret, no credential. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** A change that somebody made: who, what, from where. */
export type AuditEvent = {
  readonly tenant: TenantId;
  /** `schedule`: nobody but the clock. */
  readonly actor: "tenant" | "operator" | "schedule";
  /** Such as `purge` or `links.revoke`. */
  readonly action: string;
  readonly detail: AuditDetail;
  /** The client's IP address; `null`: not known. */
  readonly address: string | null;
  readonly requestId: string;
};

/** Who makes a change, and from where. */
export type AuditBy = Pick<AuditEvent, "actor" | "address" | "requestId">;
