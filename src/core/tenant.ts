import type { Standing } from "./plans/standing.ts";

/** A customer of ours: owns entries, origin rules and API keys. Branded, so that no other string passes for one. */
export type TenantId = string & { readonly __brand: "TenantId" };

/**
 * What a caller must show before the copy is theirs:
 * `probe`, the origin itself says yes to this very URL; `verify`, the provider's signature on it, which we check, or else
 * the origin's yes; `signed`, a link that the tenant signed; `public`, nothing, the tenant declared the prefix open to all.
 */
export const ACCESS_MODES = ["probe", "verify", "signed", "public"] as const;
export type AccessMode = (typeof ACCESS_MODES)[number];

/** How a hit is handed over: `edge`, through our `/f/` route; `presigned`, straight from the store. */
export const DELIVERY_MODES = ["edge", "presigned"] as const;
export type DeliveryMode = (typeof DELIVERY_MODES)[number];

/**
 * What a first download gets: `redirect`, the origin, while a copy is made behind its back; `stream`, the origin's bytes
 * through us, kept on the way, so that the origin sends them once; `auto`, whichever is the cheaper for the object's size.
 */
export const FILL_MODES = ["redirect", "stream", "auto"] as const;
export type FillMode = (typeof FILL_MODES)[number];

/** How a tenant wants copies to be made. */
export type FillSettings = {
  readonly mode: FillMode;
  /** Whether HTML may be stored. */
  readonly storeHtml: boolean;
  /** Larger objects are not stored, in bytes; `null`: what one object may have at all. */
  readonly maxObjectBytes: number | null;
  /** The name of the store for copies; `null`: the deployment's own. */
  readonly store: string | null;
  /** The store for copies of at least so many bytes; `null`: one store for all. */
  readonly largeStore: { readonly store: string; readonly fromBytes: number } | null;
};

/** Which pages of other sites may read copies by script (Fetch, "CORS protocol"). Credentials are never allowed. */
export type CorsSettings = {
  /** Serialized origins such as `https://app.example.com`, or `*` alone: every one. */
  readonly origins: readonly string[];
  /** Request fields that scripts may send beside the safelisted ones, in lower case. */
  readonly requestHeaders: readonly string[];
  /** Answer fields that scripts may see beside the safelisted ones, in lower case. */
  readonly exposedHeaders: readonly string[];
  /** How long a browser may remember a preflight, in seconds. */
  readonly maxAgeSeconds: number;
};

/** Cross-Origin-Resource-Policy (Fetch): which sites' pages may embed a copy. */
export const RESOURCE_POLICIES = ["cross-origin", "same-site", "same-origin"] as const;
export type ResourcePolicy = (typeof RESOURCE_POLICIES)[number];

/** How a tenant's copies are handed to browsers. */
export type ServingSettings = {
  /** `null`: no page of another origin may read them. */
  readonly cors: CorsSettings | null;
  readonly resourcePolicy: ResourcePolicy;
  /** Whether HTML, SVG, XML, scripts and PDF are shown as they are, on host names of the tenant's own. */
  readonly showActive: boolean;
};

/** As a tenant is served that has said nothing, or that nobody could be asked about. */
export const PLAIN_SERVING: ServingSettings = { cors: null, resourcePolicy: "cross-origin", showActive: false };

/** One line of a tenant's allow-list: URLs of this scheme, host, port and path prefix may be redirected to and filled. */
export type OriginRule = {
  /** Names the line in what is counted; absent: it is not stored yet, or comes from before ids were kept with it. */
  readonly id?: number;
  readonly scheme: "http" | "https";
  /** Lower case; `*.` in front matches one or more labels more, never the apex. */
  readonly host: string;
  readonly port: number;
  /** Starts with `/`; matches at a segment's end only. */
  readonly pathPrefix: string;
  /** `null`: as the tenant's default. */
  readonly access: AccessMode | null;
  /**
   * Whether `Cache-Control: private` and `no-cache` keep an answer of an object store from being stored. Elsewhere they
   * always do; there they are a common default, and who may have the bytes is proved for each request.
   */
  readonly obeyPrivate: boolean;
  /** Names under which copies of these URLs can be purged together, beside those that a preload or a link gives. */
  readonly tags: readonly string[];
};

/** A host name of the tenant's that stands for a bucket of theirs: the same object behind both is one entry. */
export type BucketCname = {
  /** Lower case. */
  readonly host: string;
  /** The bucket as identities begin with it: `s3:aws/media`, `gs:media`, or `az:account` for a whole storage account. */
  readonly bucket: string;
};

/** A secret of the tenant's as it rests: sealed, and told apart by an id that is none. */
export type SealedSecret = { readonly id: string; readonly sealed: string };

export type Tenant = {
  readonly id: TenantId;
  /** The value of `?site=`. */
  readonly site: string;
  readonly access: AccessMode;
  readonly delivery: DeliveryMode;
  readonly fill: FillSettings;
  readonly serving: ServingSettings;
  /** Host names of the tenant's own that answer already. */
  readonly hosts: readonly string[];
  readonly originRules: readonly OriginRule[];
  readonly cnames: readonly BucketCname[];
  /** The keys that sign the tenant's links, by key id, the newest first. */
  readonly linkKeys: readonly SealedSecret[];
  /** What providers' signatures are checked with. */
  readonly verificationKeys: readonly SealedSecret[];
  /** CIDR blocks from which `/proxy` may be asked; none: from everywhere. */
  readonly clientNetworks: readonly string[];
  /** CIDR blocks from which the tenant's management calls may come; none: from everywhere. */
  readonly managementNetworks: readonly string[];
  /** Whether the cache works for it, or stands aside. */
  readonly standing: Standing;
};

/** How a tenant is asked for: by a host name of theirs, by `?site=`, or by the id that an API key belongs to. */
export type TenantName = { readonly by: "host" | "site" | "id"; readonly value: string };
