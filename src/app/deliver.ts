import type { KeyRing } from "../core/crypto/key-ring.ts";
import { SnapbyteError } from "../core/errors.ts";
import { withCors } from "../core/http/cors.ts";
import type { DeliveryTerms } from "../core/http/delivery-headers.ts";
import type { AnswerPlan, Asked } from "../core/http/plan-answer.ts";
import { displayOn } from "../core/http/safety-headers.ts";
import { type Link, readLinkToken } from "../core/link.ts";
import { isInNetworks } from "../core/network/cidr.ts";
import { readOriginUrl } from "../core/origin-url/origin-url.ts";
import { encodeNonAscii } from "../core/origin-url/percent-encoding.ts";
import { type CorsSettings, PLAIN_SERVING, type ServingSettings, type Tenant } from "../core/tenant.ts";
import { isRevoked, type Withdrawals } from "../core/withdrawals.ts";
import type { TenantDirectory } from "../ports/directory.ts";
import { withinBudget } from "../ports/time-budget.ts";
import type { KnownWithdrawals } from "../ports/withdrawals.ts";
import { type CopySourceParts, copySource } from "./copy-source.ts";
import { linkTenant } from "./link-tenant.ts";
import { type ReadCopy, type ReadCopyParts, readCopy } from "./read-copy.ts";
import { type CountDeliveryParts, countedDelivery } from "./usage/count-delivery.ts";

/** How long the store may take to begin to answer, in ms, before the client is sent to the origin. */
const STORE_BUDGET_MS = 3000;
/** How long it may take to learn what was withdrawn, in ms: the store is asked meanwhile. */
const WITHDRAWALS_BUDGET_MS = 1000;

/** An answer from the store, or the way to the origin; and which pages may read it by script. */
export type Delivery = (Served | { readonly location: string }) & { readonly cors: CorsSettings | null };

/** `body` is `null` for HEAD and where the status has none. */
export type Served = {
  readonly plan: AnswerPlan;
  readonly terms: DeliveryTerms;
  readonly body: ReadableStream<Uint8Array> | null;
};

export type DeliverRequest = Asked & {
  readonly token: string;
  /** Host name that was asked, and whose it is; `null`: no tenant's own. */
  readonly host: string;
  readonly hostTenant: Tenant | null;
  /** The client's IP address; `null`: not known. */
  readonly address: string | null;
};

export type DeliverParts = CopySourceParts &
  ReadCopyParts &
  CountDeliveryParts & {
    readonly ring: KeyRing;
    readonly directory: Pick<TenantDirectory, "find">;
    readonly withdrawals: KnownWithdrawals;
  };

/**
 * Answers a `/f/` link from what we keep. When the link has ended, or the copy is gone or out of reach, its holder is sent
 * to the origin that the link remembers, as long as that URL lives. Throws 403 for a token that we did not make, or that
 * is not for this address or host, 410 for a link that has ended or was withdrawn, 404 for a copy that is gone, each but
 * the withdrawn when there is no origin to go to; 503 when nobody can say whether a link was withdrawn, or
 * the copy is out of reach.
 */
export async function deliver(request: DeliverRequest, parts: DeliverParts): Promise<Delivery> {
  const link = await readLinkToken(parts.ring, request.token);
  if (!link) throw new SnapbyteError("TOKEN_INVALID");
  const { key, network } = link;
  if (request.hostTenant && request.hostTenant.id !== key.tenant) throw new SnapbyteError("TOKEN_INVALID");
  if (network !== null && !isInNetworks([network], request.address)) throw new SnapbyteError("LINK_ADDRESS_REFUSED");

  const known = parts.withdrawals.known(key.tenant);
  // Only what is known already names what the cache of this place holds: the store is as fast as asking would be.
  const source = copySource(link, known, parts);
  const hasEnded = link.expiresAt <= parts.clock.now();
  const [withdrawn, tenant, read] = await Promise.all([
    isWithdrawn(link, known, parts),
    request.hostTenant ?? linkTenant(link, parts),
    hasEnded ? null : inTime(readCopy(link, request, source, parts), parts),
  ]);
  const cors = tenant?.serving.cors ?? null;
  if (read && withdrawn === false) {
    const display = displayOn(request.host, tenant ?? { serving: PLAIN_SERVING, hosts: [] });
    const body = countedDelivery({ key, rule: link.rule }, read, parts);
    return { ...read, body, terms: { ...read.terms, display }, cors };
  }
  // Not waited for: a store may be silent here, too.
  read?.body?.cancel().catch(() => {});
  const location = withdrawn ? null : originOf(link, parts.clock.now());
  if (location !== null) {
    parts.usage.record({ kind: "bypass", key, rule: link.rule, reason: "lost" });
    return { location, cors };
  }
  // A page that may read the copy may also read why it does not get it.
  const headers = withCors({}, cors, request.headers.get("Origin"));
  if (withdrawn) throw new SnapbyteError("LINK_REVOKED", undefined, { headers });
  const code = withdrawn === null || read === undefined ? "UNAVAILABLE" : hasEnded ? "TOKEN_EXPIRED" : "NOT_FOUND";
  throw new SnapbyteError(code, undefined, { headers });
}

/** How what a link leads to is handed to browsers. Throws 403 as {@link deliver} does. */
export async function linkServing(
  token: string,
  hostTenant: Tenant | null,
  parts: Pick<DeliverParts, "ring" | "directory" | "report">,
): Promise<ServingSettings> {
  const link = await readLinkToken(parts.ring, token);
  if (!link || (hostTenant && hostTenant.id !== link.key.tenant)) throw new SnapbyteError("TOKEN_INVALID");
  return (hostTenant ?? (await linkTenant(link, parts)))?.serving ?? PLAIN_SERVING;
}

/** `null`: the copy is gone; `undefined`: it is out of reach. Of what comes too late nothing more is read. */
async function inTime(
  reading: Promise<ReadCopy | null>,
  { report }: DeliverParts,
): Promise<ReadCopy | null | undefined> {
  try {
    return await withinBudget("the store", STORE_BUDGET_MS, reading);
  } catch (error) {
    report("store", error);
    reading.then((late) => late?.body?.cancel()).catch(() => {});
    return undefined;
  }
}

/** `null`: nobody could say in time. */
async function isWithdrawn(
  { key, epoch }: Link,
  known: Withdrawals | null,
  { withdrawals, report }: DeliverParts,
): Promise<boolean | null> {
  if (known) return isRevoked({ epoch }, known);
  try {
    const asked = await withinBudget("withdrawals", WITHDRAWALS_BUDGET_MS, withdrawals.find(key.tenant));
    return isRevoked({ epoch }, asked);
  } catch (error) {
    report("withdrawals", error);
    return null;
  }
}

/** `null`: there is none, or its URL has ended. */
function originOf({ originUrl }: Link, now: number): string | null {
  const url = originUrl === null ? null : readOriginUrl(originUrl);
  if (url === null || typeof url === "string" || (url.expiresAt !== null && url.expiresAt <= now)) return null;
  return encodeNonAscii(url.raw.text);
}
