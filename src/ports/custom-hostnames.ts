import type { HostProgress } from "../core/tenant-host.ts";

/** What the owner of a host name has to publish in the DNS before it answers. */
export type DnsProof = { readonly type: "TXT" | "CNAME"; readonly name: string; readonly value: string };

/** A host name at the network that will answer for it. */
export type CustomHostname = HostProgress & {
  readonly id: string;
  /** What is still missing of the owner. */
  readonly proofs: readonly DnsProof[];
  /** What the network says is wrong; none: nothing. */
  readonly problems: readonly string[];
};

/**
 * Host names of tenants' at the network that carries our traffic (Cloudflare for SaaS). Rejects when the network cannot
 * be asked; no error holds what we show there to be let in.
 */
export type CustomHostnames = {
  /** One that is there already is handed back. `refused`: the network never answers for a host of this name. */
  create(host: string): Promise<CustomHostname | "refused">;
  /** `null`: there is none of this id. */
  find(id: string): Promise<CustomHostname | null>;
  /** Deleting what is not there is no error. */
  delete(id: string): Promise<void>;
};
