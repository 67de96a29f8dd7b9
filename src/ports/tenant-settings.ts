import type { OriginPrices } from "../core/pricing/origin-prices.ts";
import type {
  AccessMode,
  BucketCname,
  DeliveryMode,
  FillSettings,
  OriginRule,
  ServingSettings,
  TenantId,
  TenantName,
} from "../core/tenant.ts";
import type { HostState } from "../core/tenant-host.ts";
import type { MaterialKind } from "../core/verify/material.ts";

/** A rule, and what its origin charges; `null`, or absent: by the price table that its host suggests. */
export type NewOriginRule = OriginRule & { readonly prices?: OriginPrices | null };

/** A rule with the id that names it in management calls. */
export type StoredOriginRule = OriginRule & {
  readonly id: number;
  readonly prices: OriginPrices | null;
  readonly createdAt: number;
};

/** What may be changed of a rule: not which URLs it allows. */
export type OriginRuleChanges = Partial<Pick<StoredOriginRule, "access" | "obeyPrivate" | "tags" | "prices">>;

export type StoredCname = BucketCname & { readonly createdAt: number };

/** A host name of a tenant's own. `createdAt` in ms since the epoch. */
export type StoredHost = {
  /** Lower case. */
  readonly host: string;
  readonly state: HostState;
  /** Names it at the network; `null`: nobody was asked there. */
  readonly customHostnameId: string | null;
  readonly createdAt: number;
};

export type HostChanges = Partial<Pick<StoredHost, "state" | "customHostnameId">>;

/** A link key as it rests. `createdAt` in ms since the epoch. */
export type StoredLinkKey = { readonly kid: string; readonly sealed: string; readonly createdAt: number };

/** Verification material as it rests: `name` tells people which it is (key id, account or hosts), and is no secret. */
export type StoredVerificationKey = {
  readonly id: string;
  readonly kind: MaterialKind;
  readonly name: string;
  readonly sealed: string;
  readonly createdAt: number;
  /** When it is of no use any more, ms since the epoch (a day key); `null`: never. */
  readonly expiresAt: number | null;
};

/** How a tenant's downloads and management calls are let in. */
export type AccessSettings = {
  readonly access: AccessMode;
  readonly delivery: DeliveryMode;
  readonly clientNetworks: readonly string[];
  readonly managementNetworks: readonly string[];
};

/**
 * What a tenant may change about itself: the truth behind the directory. Everything is the given tenant's own: an id of
 * another tenant's is as good as none. Lists come in the order of creation. What is added to a tenant that is not there
 * rejects.
 */
export type TenantSettings = {
  /** All that the tenant is asked for by: what the directory must forget after a change. None: no such tenant. */
  names(tenant: TenantId): Promise<readonly TenantName[]>;

  access(tenant: TenantId): Promise<AccessSettings | null>;
  changeAccess(tenant: TenantId, changes: Partial<AccessSettings>): Promise<AccessSettings | null>;

  fillSettings(tenant: TenantId): Promise<FillSettings | null>;
  changeFillSettings(tenant: TenantId, changes: Partial<FillSettings>): Promise<FillSettings | null>;

  serving(tenant: TenantId): Promise<ServingSettings | null>;
  changeServing(tenant: TenantId, changes: Partial<ServingSettings>): Promise<ServingSettings | null>;

  hosts(tenant: TenantId): Promise<readonly StoredHost[]>;
  /**
   * `null`: some tenant has this host already, or this one has `limit` of them. Of several calls at once for one host one
   * has it, and they cannot exceed the limit.
   */
  addHost(tenant: TenantId, host: Omit<StoredHost, "createdAt">, limit: number): Promise<StoredHost | null>;
  /** `null`: the tenant has no such host. */
  changeHost(tenant: TenantId, host: string, changes: HostChanges): Promise<StoredHost | null>;
  removeHost(tenant: TenantId, host: string): Promise<boolean>;

  originRules(tenant: TenantId): Promise<readonly StoredOriginRule[]>;
  /** `null`: there is one of this scheme, host, port and prefix. */
  addOriginRule(tenant: TenantId, rule: NewOriginRule): Promise<StoredOriginRule | null>;
  /** `null`: no such rule. */
  changeOriginRule(tenant: TenantId, id: number, changes: OriginRuleChanges): Promise<StoredOriginRule | null>;
  /** What came by it keeps its prices (`OriginPriceList`). */
  removeOriginRule(tenant: TenantId, id: number): Promise<boolean>;

  cnames(tenant: TenantId): Promise<readonly StoredCname[]>;
  /** `null`: this tenant has one of this host. Another tenant may have the same: it shares nothing. */
  addCname(tenant: TenantId, cname: BucketCname): Promise<StoredCname | null>;
  removeCname(tenant: TenantId, host: string): Promise<boolean>;

  linkKeys(tenant: TenantId): Promise<readonly StoredLinkKey[]>;
  /** `null`: the tenant has `limit` of them already, or one of this id. Two calls at once cannot exceed the limit. */
  addLinkKey(tenant: TenantId, key: Omit<StoredLinkKey, "createdAt">, limit: number): Promise<StoredLinkKey | null>;
  removeLinkKey(tenant: TenantId, kid: string): Promise<boolean>;

  verificationKeys(tenant: TenantId): Promise<readonly StoredVerificationKey[]>;
  /**
   * One of the same kind and name takes the other's place, under the new id, and is not one more. `null`: the tenant has
   * `limit` others that are still of use. Two calls at once cannot exceed the limit. An id that was used before rejects.
   */
  putVerificationKey(
    tenant: TenantId,
    key: Omit<StoredVerificationKey, "createdAt">,
    limit: number,
  ): Promise<StoredVerificationKey | null>;
  removeVerificationKey(tenant: TenantId, id: string): Promise<boolean>;
  /** Forgets keys whose `expiresAt` has come. */
  dropExpiredVerificationKeys(now: number): Promise<void>;
};
