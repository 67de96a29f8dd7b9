import type { StoreSettings } from "../../core/stores/store-settings.ts";
import type { Clock } from "../../ports/clock.ts";
import type { LinkSigner } from "../../ports/link-signer.ts";
import { presignedLinks } from "../s3/presigned-link.ts";
import { routedLinks } from "./routed-links.ts";

/** Links straight to those stores that clients may be sent to; `otherwise` makes the links to what lies elsewhere. */
export function storeLinks(
  own: LinkSigner | null,
  named: readonly StoreSettings[],
  { otherwise, clock }: { readonly otherwise: LinkSigner; readonly clock: Clock },
): LinkSigner | null {
  const shown = named.filter(({ presign }) => presign);
  const links = shown.map((settings) => [settings.name, presignedLinks(settings, clock)] as const);
  return routedLinks({ own, named: new Map(links), otherwise });
}
