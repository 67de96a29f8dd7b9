import type { RawUrl } from "../core/origin-url/raw-url.ts";
import { redirectTarget } from "../core/origin-url/redirect-target.ts";
import { allowingRule } from "../core/origins/allow-list.ts";
import type { OriginRule } from "../core/tenant.ts";
import type { Origin, OriginAnswer, OriginFields } from "../ports/origin.ts";

/** Stores need one or two; browsers follow twenty. */
export const MOST_REDIRECTS = 5;

/** What leads on, for a GET (RFC 9110 section 15.4); 300 leaves the choice to a person, and 304 is an answer. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export type SourceRefusal =
  /** It led to what the allow-list does not have, and that was not asked. */
  | "REDIRECT_NOT_ALLOWED"
  /** It led nowhere, to what is no URL for us, or on and on. */
  | "REDIRECT_REFUSED";

/** The origin answered with a redirect that is not followed. The message names no path and no query: they may be secret. */
export class SourceRefused extends Error {
  readonly code: SourceRefusal;

  constructor(code: SourceRefusal, message: string) {
    super(message);
    this.name = "SourceRefused";
    this.code = code;
  }
}

export type SourceParts = { readonly rules: readonly OriginRule[]; readonly local: boolean; readonly origin: Origin };

/**
 * Asks an origin, and follows its redirects by hand: each is checked against the allow-list before it is asked, with the
 * same fields. `url` itself was checked by whoever took it in. Returns the first answer that is no redirect, whatever its
 * status, and the URL that gave it; its body is the caller's to read or cancel. Throws {@link SourceRefused}, and what
 * the origin's port throws.
 */
export async function openSource(
  url: RawUrl,
  fields: OriginFields,
  { rules, local, origin }: SourceParts,
  signal: AbortSignal,
): Promise<{ answer: OriginAnswer; url: RawUrl }> {
  let current = url;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await origin.open(current, fields, signal);
    if (!REDIRECTS.has(answer.status)) return { answer, url: current };
    await answer.body?.cancel().catch(() => {});
    if (redirects === MOST_REDIRECTS) throw refused(`redirected more than ${MOST_REDIRECTS} times`);
    current = nextSource(current, answer, { rules, local });
  }
}

function nextSource(
  from: RawUrl,
  { status, header }: OriginAnswer,
  { rules, local }: Omit<SourceParts, "origin">,
): RawUrl {
  const target = redirectTarget(from, header("location"));
  if (target === null) throw refused(`answered ${status} without a Location`);
  if (typeof target === "string") throw refused(`redirected to what is not taken for a URL (${target})`);
  if (allowingRule(rules, target, local)) return target;
  const where = `${target.scheme}://${target.host}`;
  throw new SourceRefused("REDIRECT_NOT_ALLOWED", `The origin redirected to ${where}, which the allow-list refuses.`);
}

function refused(what: string): SourceRefused {
  return new SourceRefused("REDIRECT_REFUSED", `The origin ${what}.`);
}
