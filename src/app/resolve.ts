import { cacheStatus } from "../core/cache-status.ts";
import { bypassed, decide, decideOnVerdict, decideUnseen, type OriginDecision } from "../core/decision.ts";
import { type HeldEntry, type IndexEntry, isExpired } from "../core/entry.ts";
import type { EntryKey } from "../core/entry-key.ts";
import { seenOf } from "../core/fills/recent-wishes.ts";
import { encodeNonAscii } from "../core/origin-url/percent-encoding.ts";
import type { Tenant } from "../core/tenant.ts";
import type { UsageEvent } from "../core/usage/event.ts";
import type { SignedFor } from "./admit.ts";
import { type CopyLinkParts, hitEvent } from "./copy-link.ts";
import type { FillRequest } from "./fill-request.ts";
import { handOver } from "./hand-over.ts";
import { prepareLinkEpoch } from "./link-epoch.ts";
import { type LookUpParts, lookUp } from "./look-up.ts";
import { isSentWhole, type PassWish } from "./pass-wish.ts";
import { project } from "./project.ts";
import type { ProveAccess } from "./prove-access.ts";
import { type PurgeParts, purge } from "./purge.ts";
import type { Source } from "./read-source.ts";
import type { HitGround } from "./remembered-hits.ts";
import { type FillParts, requestFill } from "./request-fill.ts";
import { originEvent } from "./usage/origin-event.ts";
import { type ProofParts, weighProof } from "./weigh-proof.ts";

/** A download that asks where to go. */
export type Ask = {
  readonly tenant: Tenant;
  readonly source: Source;
  /** Whether the caller showed an API key of the tenant, or a link that the tenant signed. */
  readonly trusted: boolean;
  /** What the tenant's own signature on the link covers; `null`: there is none. */
  readonly signed: SignedFor | null;
  readonly method: "GET" | "HEAD";
  readonly requestId: string;
  /** Whether the request carries credentials that are not for us: then it is the origin's to answer, and nobody's to keep. */
  readonly credentialed: boolean;
  /** The Range of a download whose bytes may pass through us; `null`: it may only be sent elsewhere. */
  readonly passing: { readonly range: string | null } | null;
};

/** Where a download goes: a 302 with this Location and Cache-Status. */
export type Redirect = {
  readonly location: string;
  readonly cacheStatus: string;
  /** What it counts as. */
  readonly event: UsageEvent;
  /** What may be done instead: the bytes may pass through us. Then the fill is not asked for yet. */
  readonly pass?: PassWish;
  /** What a hit was decided by, where the next request with the same text may be answered alike. */
  readonly again?: HitAgain;
};

/** Until when a hit holds for others, and where they are sent at another moment (`null`: to the same Location). */
export type HitAgain = { readonly ground: HitGround; readonly at: ((now: number) => string) | null };

export type ResolveParts = LookUpParts &
  FillParts &
  CopyLinkParts &
  PurgeParts &
  ProofParts & { readonly prove: ProveAccess };

/**
 * Sends a download to our copy or to its origin. What its link proves is weighed first. Then it waits for the index, the
 * ledger and (on a hit that only the origin can allow) the origin's word, each inside its budget, and for nothing else: a
 * miss is filled in the background. Whatever of ours fails, the answer is the origin. Never rejects.
 */
export async function resolve(ask: Ask, parts: ResolveParts): Promise<Redirect> {
  const { tenant } = ask;
  const { url, key, identity, misnamed } = ask.source;
  if (ask.credentialed) return toOrigin(ask, bypassed("credentials"), parts);
  const { proof, vouched } = await weighProof(tenant, ask.source, ask.signed, parts);
  const request = { url, identity, misnamed, proof, trusted: ask.trusted };
  const unseen = decideUnseen(request, parts.clock.now());
  if (unseen) return toOrigin(ask, unseen, parts);

  prepareLinkEpoch(tenant.id, parts);
  const at = parts.clock.now();
  const entry = await lookUp(key, parts, async (late) => {
    const decision = decide(request, late, parts.clock.now());
    if (decision.go === "origin") toOrigin({ ...ask, passing: null }, decision, parts, { entry: late });
  });
  if (entry && entry.state !== "expired" && isExpired(entry, parts.clock.now())) {
    // The sweep comes once a minute; whoever comes first takes the copy away.
    parts.inBackground(purge(key, "expired", parts));
  }
  const decision = decide(request, entry, parts.clock.now());
  if (decision.go === "origin") return toOrigin(ask, decision, parts, { entry: entry ?? null });
  const held = decision.entry;
  const verdict = decision.go === "prove" ? await parts.prove(tenant.id, url) : null;
  const proved = decision.go === "prove" ? decideOnVerdict(held, verdict, parts.clock.now()) : decision;
  if (proved.go === "origin") {
    const first = proved.fill ? noteStale(key, held, parts) : Promise.resolve();
    return toOrigin(ask, proved, parts, { entry: held, first });
  }
  try {
    const { address, ground } = await handOver(ask, { entry: held, verdict, vouched, at }, parts);
    const event = hitEvent({ key, rule: ask.source.rule.id ?? null, entry: held, method: ask.method }, address);
    const redirect = { location: address.location, cacheStatus: cacheStatus(proved), event };
    if (!proved.fill) return ground ? { ...redirect, again: { ground, at: address.at } } : redirect;
    parts.inBackground(requestFill(fillOf(ask, held, parts), parts));
    return redirect;
  } catch (error) {
    parts.report("link", error);
    return toOrigin(ask, bypassed("failed"), parts);
  }
}

/** `entry`: what is known of it. `first`: what must be noted before a fill may begin. */
function toOrigin(
  ask: Ask,
  decision: OriginDecision,
  parts: ResolveParts,
  {
    entry = null,
    first = Promise.resolve(),
  }: { readonly entry?: IndexEntry | null; readonly first?: Promise<void> } = {},
): Redirect {
  const { url, rule } = ask.source;
  const event = originEvent(ask.source, decision);
  const redirect = { location: encodeNonAscii(url.raw.text), cacheStatus: cacheStatus(decision), event };
  if (!decision.fill) return redirect;
  const { tenant, passing } = ask;
  const request = fillOf(ask, entry, parts);
  if (passing !== null && tenant.fill.mode !== "redirect" && isSentWhole(url)) {
    // It may fail, or still be under way, when nobody waits for it yet, or any more.
    parts.inBackground(first);
    return { ...redirect, pass: { tenant, rule, url, request, range: passing.range, first } };
  }
  parts.inBackground(first.then(() => requestFill(request, parts)));
  return redirect;
}

/** The copy that a download wants to be made behind its back. */
function fillOf(
  { tenant, source, trusted, signed, requestId }: Ask,
  entry: IndexEntry | null,
  parts: ResolveParts,
): FillRequest {
  const { url, key, publicKey, identity: boundTo } = source;
  const seen = seenOf(key, entry, parts.withdrawals.known(tenant.id));
  const asked = { url: url.fetchText, urlEndsAt: url.expiresAt, tags: signed?.tags ?? [], requestId, seen };
  return { key, publicKey, boundTo, trusted, expiresAt: null, ...asked };
}

/** The origin has another version than our copy: the ledger must say so before a fill asks whether one is needed. */
async function noteStale(key: EntryKey, entry: HeldEntry, parts: ResolveParts): Promise<void> {
  await parts.ledger.markStale(key, entry.copy.generation, parts.clock.now());
  await project(key, await parts.ledger.find(key), parts);
}
