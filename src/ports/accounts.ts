import type { Account } from "../core/plans/judge-standing.ts";
import type { OwnLimits } from "../core/plans/limits.ts";
import type { Standing } from "../core/plans/standing.ts";
import type { TenantId } from "../core/tenant.ts";

/** A tenant as an account: what it is called, what it has, and how it stands. Moments in ms since the epoch. */
export type StoredAccount = {
  readonly id: TenantId;
  readonly name: string;
  readonly site: string;
  readonly plan: string;
  readonly own: OwnLimits;
  /** `null`: it is not suspended. */
  readonly suspended: { readonly at: number; readonly reason: string } | null;
  readonly standing: Standing;
  readonly createdAt: number;
};

export type NewAccount = Pick<StoredAccount, "id" | "name" | "site" | "plan"> & {
  /** The largest object of its plan, in bytes; `null`: as large as any. */
  readonly maxObjectBytes: number | null;
};

export type AccountChanges = Partial<Pick<StoredAccount, "name" | "plan" | "own">> & {
  readonly maxObjectBytes?: number | null;
  readonly suspended?: { readonly at: number; readonly reason: string } | null;
};

/** The accounts of all tenants. Fails closed; has no time budget. */
export type Accounts = {
  /** In the order of creation, those after the account of this id; `search` is in its name, site or id. */
  list(page: {
    readonly after: string | null;
    readonly limit: number;
    readonly search: string | null;
  }): Promise<readonly StoredAccount[]>;
  find(tenant: TenantId): Promise<StoredAccount | null>;
  /** `null`: its site or id is taken. */
  add(account: NewAccount): Promise<StoredAccount | null>;
  /** `null`: no such tenant. */
  change(tenant: TenantId, changes: AccountChanges): Promise<StoredAccount | null>;
  /** Writes down how a tenant stands. Whether that is news. */
  judge(tenant: TenantId, standing: Standing): Promise<boolean>;
  /** All that standings are judged by, in pages by id. */
  judged(page: {
    readonly after: string | null;
    readonly limit: number;
  }): Promise<readonly (Account & { readonly id: TenantId; readonly standing: Standing })[]>;
};
