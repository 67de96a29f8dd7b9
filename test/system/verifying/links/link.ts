/** When a link is good, in ms since the epoch; whole seconds. */
export type Life = { readonly from: number; readonly until: number };

/** One way in which a provider's links are signed. */
export type Form = {
  readonly name: string;
  /** Whether the link itself says from when on it is good. */
  readonly startsLater: boolean;
  sign(key: string, life: Life): Promise<string>;
};

/** Whoever signs links of an origin. */
export type Signer = {
  /** The parameters that may say when a link ends: its forms have one of them each. */
  readonly expiry: readonly string[];
  readonly signature: readonly string[];
  /** By the one whom the origin knows. */
  readonly forms: readonly Form[];
  /** By strangers: with another secret, by a key that nobody knows, for something else than reading. */
  readonly foreign: readonly Form[];
};

export const LINK_KINDS = ["good", "expired", "tampered", "foreign", "early"] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** A link as somebody may show it; `how` tells people what it is. */
export type Link = { readonly kind: LinkKind; readonly how: string; readonly url: string };
