/** A customer of ours: owns entries, origin rules and API keys. Branded, so that no other string passes for one. */
export type TenantId = string & { readonly __brand: "TenantId" };

/**
 * What a caller must show before the copy is theirs:
 * `probe`, the origin itself says yes to this very URL; `public`, the tenant declared the prefix open to all.
 */
export type AccessMode = "probe" | "public";

/** How a hit is handed over: `edge`, through our `/f/` route; `presigned`, straight from the store. */
export type DeliveryMode = "edge" | "presigned";

/** One line of a tenant's allow-list: URLs of this scheme, host, port and path prefix may be redirected to and filled. */
export type OriginRule = {
  readonly scheme: "http" | "https";
  /** Lower case; `*.` in front matches one or more labels more, never the apex. */
  readonly host: string;
  readonly port: number;
  /** Starts with `/`; matches at a segment's end only. */
  readonly pathPrefix: string;
  /** `null`: as the tenant's default. */
  readonly access: AccessMode | null;
};

export type Tenant = {
  readonly id: TenantId;
  /** The value of `?site=`. */
  readonly site: string;
  readonly access: AccessMode;
  readonly delivery: DeliveryMode;
  readonly originRules: readonly OriginRule[];
};

/** How a tenant is asked for: by a host name of theirs, by `?site=`, or by the id that an API key belongs to. */
export type TenantName = { readonly by: "host" | "site" | "id"; readonly value: string };
