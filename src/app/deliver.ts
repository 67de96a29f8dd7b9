import type { KeyRing } from "../core/crypto/key-ring.ts";
import { objectKey } from "../core/entry.ts";
import { SnapbyteError } from "../core/errors.ts";
import { type ByteRange, parseByteRange } from "../core/http/byte-range.ts";
import { conditionsOf, failedPrecondition, rangeApplies } from "../core/http/conditional.ts";
import type { ServedHead } from "../core/http/delivery-headers.ts";
import { parseHttpDate } from "../core/http/http-date.ts";
import { type Link, readLinkToken } from "../core/link.ts";
import { isInNetworks } from "../core/network/cidr.ts";
import { readOriginUrl } from "../core/origin-url/origin-url.ts";
import { encodeNonAscii } from "../core/origin-url/percent-encoding.ts";
import { presented } from "../core/presentation.ts";
import type { Clock } from "../ports/clock.ts";
import type { ObjectStore, StoredHead } from "../ports/object-store.ts";
import { withinBudget } from "../ports/time-budget.ts";
import type { Report } from "./in-background.ts";

/** How long the store may take to begin to answer, in ms, before the client is sent to the origin. */
const STORE_BUDGET_MS = 3000;

/** An answer from the store, or the way to the origin. `body` is `null` for HEAD and where the status has none. */
export type Delivery =
  | (ServedHead & { readonly body: ReadableStream<Uint8Array> | null })
  | { readonly status: 302; readonly location: string };

export type DeliverRequest = {
  readonly token: string;
  readonly method: "GET" | "HEAD";
  readonly headers: { get(name: string): string | null };
  /** The client's IP address; `null`: not known. */
  readonly address: string | null;
};

export type DeliverParts = {
  readonly store: ObjectStore;
  readonly ring: KeyRing;
  readonly clock: Clock;
  readonly report: Report;
};

/**
 * Answers a `/f/` link from the store. When the link has ended, or the copy is gone or out of reach, its holder is sent
 * to the origin that the link remembers, as long as that URL lives. Throws 403 for a token that we did not make, or that
 * is not for this address, 410
 * for a link that has ended, 404 for a copy that is gone, each when there is no origin to go to.
 */
export async function deliver(request: DeliverRequest, parts: DeliverParts): Promise<Delivery> {
  const link = await readLinkToken(parts.ring, request.token);
  if (!link) throw new SnapbyteError("TOKEN_INVALID");
  if (link.network !== null && !isInNetworks([link.network], request.address)) {
    throw new SnapbyteError("LINK_ADDRESS_REFUSED");
  }
  if (link.expiresAt <= parts.clock.now()) return toOrigin(link, parts.clock.now(), "TOKEN_EXPIRED");
  try {
    const answer = await withinBudget("store", STORE_BUDGET_MS, read(link, request, parts));
    if (answer) return answer;
  } catch (error) {
    parts.report("store", error);
  }
  return toOrigin(link, parts.clock.now(), "NOT_FOUND");
}

/** `null`: the copy is gone. */
async function read(
  link: Link,
  { method, headers }: DeliverRequest,
  { store, clock }: DeliverParts,
): Promise<Delivery | null> {
  const key = objectKey(link.key, link.generation);
  const maxAge = Math.floor((link.expiresAt - clock.now()) / 1000);
  const serve = (
    status: ServedHead["status"],
    { size, headers: object }: StoredHead,
    range: ByteRange | null = null,
  ) => {
    return { status, size, object: presented(object, link.presentation), range, maxAge, body: null };
  };
  if (method === "GET" && !NEEDS_HEAD.some((name) => headers.get(name) !== null)) {
    const whole = await store.get(key, null);
    return whole && { ...serve(200, whole), body: whole.body };
  }
  const head = await store.head(key);
  if (!head) return null;
  const conditions = conditionsOf(method, headers);
  const validators = { etag: head.headers.etag, lastModified: parseHttpDate(head.headers.lastModified) };
  const failed = failedPrecondition(conditions, validators);
  if (failed) return serve(failed, head);
  const range = rangeApplies(conditions, validators) ? parseByteRange(headers.get("Range"), head.size) : null;
  if (range === "unsatisfiable") return serve(416, head);
  const answer = serve(range ? 206 : 200, head, range);
  if (method === "HEAD") return answer;
  const object = await store.get(key, range);
  return object && { ...answer, body: object.body };
}

/** Fields whose meaning depends on what is stored. */
const NEEDS_HEAD = ["Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"];

function toOrigin({ originUrl }: Link, now: number, otherwise: "TOKEN_EXPIRED" | "NOT_FOUND"): Delivery {
  const url = originUrl === null ? null : readOriginUrl(originUrl);
  if (url === null || typeof url === "string" || (url.expiresAt !== null && url.expiresAt <= now)) {
    throw new SnapbyteError(otherwise);
  }
  return { status: 302, location: encodeNonAscii(url.raw.text) };
}
