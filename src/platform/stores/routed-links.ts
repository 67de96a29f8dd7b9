import type { Link } from "../../core/link.ts";
import { storeOf } from "../../core/stores/generation.ts";
import type { LinkSigner } from "../../ports/link-signer.ts";

export type StoreLinks = {
  /** Straight to the deployment's own store; `null`: nobody is sent there. */
  readonly own: LinkSigner | null;
  /** Straight to those of the others that clients may be sent to, by name. */
  readonly named: ReadonlyMap<string, LinkSigner>;
  /** For copies in all other stores, whose address nobody learns. */
  readonly otherwise: LinkSigner;
};

/** Links straight to the store that a copy lies in, where clients may be sent there; `null`: they may to none. */
export function routedLinks({ own, named, otherwise }: StoreLinks): LinkSigner | null {
  if (own === null && named.size === 0) return null;
  function signerOf({ generation }: Link): LinkSigner {
    const name = storeOf(generation);
    return (name === null ? own : named.get(name)) ?? otherwise;
  }
  return {
    sign: async (link, fileName, method) => await signerOf(link).sign(link, fileName, method),
    prepare: (link, fileName, method) => signerOf(link).prepare?.(link, fileName, method) ?? null,
  };
}
