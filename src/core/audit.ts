import type { TenantId } from "./tenant.ts";

/** Facts of a change, in the API's words: no secret, no credential. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** Who made a change, by what they are known here. */
export type AuditWho = {
  /** `key`: an API key; `person`: somebody who was signed in. */
  readonly by: "key" | "person";
  readonly id: string;
  /** The key's name, or the person's, as it was then. */
  readonly name: string;
  /** The operator's user id who acted in the person's name; `null`: they did it themselves. */
  readonly operator: string | null;
};

/** A change that somebody made: who, what, from where. */
export type AuditEvent = {
  readonly tenant: TenantId;
  /** `schedule`: nobody but the clock, a queue, or what was told of a payment. */
  readonly actor: "tenant" | "operator" | "schedule";
  /** Absent: nobody but the clock, or it is from before this was written down. */
  readonly who?: AuditWho;
  /** Such as `purge` or `links.revoke`. */
  readonly action: string;
  readonly detail: AuditDetail;
  /** The client's IP address; `null`: not known. */
  readonly address: string | null;
  readonly requestId: string;
};

/** Who makes a change, and from where. */
export type AuditBy = Pick<AuditEvent, "actor" | "who" | "address" | "requestId">;

/** Which of a tenant's records are asked for; `null`: of whichever. Moments in ms since the epoch, `since` included. */
export type AuditFilter = {
  /** An action such as `purge`, or with those under it: `keys.` has `keys.add` and `keys.revoke`. */
  readonly action: string | null;
  /** A key's or a person's id. */
  readonly who: string | null;
  readonly since: number | null;
  readonly until: number | null;
};

export const EVERY_RECORD: AuditFilter = { action: null, who: null, since: null, until: null };
