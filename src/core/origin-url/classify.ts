import type { RawParameter } from "./raw-url.ts";
import type { Signature } from "./signatures.ts";
import type { UrlFacts } from "./url-facts.ts";

/**
 * What a parameter is to us: `credential`, proof, expiry or telemetry, no part of which object the URL names;
 * `significant`, selects other bytes; `presentational`, changes response headers only; `ignored`, no signature covers it
 * and the provider takes no notice of it.
 */
export type ParameterClass = "credential" | "significant" | "presentational" | "ignored";

/** `signed`: every signature on the URL covers it, so that nobody but the signer can have chosen it. */
export type ClassifiedParameter = RawParameter & { readonly class: ParameterClass; readonly signed: boolean };

/** A parameter, and whether a fill needs to send it. */
export type SortedParameter = { readonly parameter: ClassifiedParameter; readonly sent: boolean };

/** Sorts the parameters of a URL by what its signatures make of them; without one, each may select other bytes. */
export function classify(url: UrlFacts, signatures: readonly Signature[]): readonly SortedParameter[] {
  const judges = signatures.map((signature) => judgeOf(signature, url));
  return url.parameters.map((parameter) => sort(parameter, judges));
}

function sort(parameter: RawParameter, judges: readonly Judge[]): SortedParameter {
  let kind: ParameterClass | null = null;
  let [everySigned, anySigned] = [judges.length > 0, false];
  for (const judge of judges) {
    const opinion = judge(parameter);
    kind = kind === null ? opinion.class : stronger(kind, opinion.class);
    everySigned &&= opinion.signed;
    anySigned ||= opinion.signed;
  }
  const { name, raw, value } = parameter;
  const classified = { name, raw, value, class: kind ?? "significant", signed: everySigned };
  // What one scheme covers must be sent, or its signature no longer holds.
  return {
    parameter: classified,
    sent: anySigned || classified.class === "credential" || classified.class === "significant",
  };
}

/** Where two schemes disagree, the first of these holds: only what all of them ignore is ignored. */
const ORDER: readonly ParameterClass[] = ["credential", "presentational", "significant", "ignored"];

function stronger(one: ParameterClass, other: ParameterClass): ParameterClass {
  return ORDER.indexOf(one) <= ORDER.indexOf(other) ? one : other;
}

type Opinion = { readonly class: ParameterClass; readonly signed: boolean };
type Judge = (parameter: RawParameter) => Opinion;

function judgeOf({ scheme, guessed }: Signature, url: UrlFacts): Judge {
  const covers = scheme.covers(url);
  return (parameter) => {
    const { name, value } = parameter;
    if (scheme.credential.includes(name) || scheme.credentialValue?.test(value)) {
      return { class: "credential", signed: !scheme.uncoveredCredential.includes(name) };
    }
    const signed = covers(parameter);
    if (scheme.select?.test(name)) return { class: "significant", signed };
    // A server that is none of the provider's may well look at what the provider would not.
    if (!signed && guessed) return { class: "significant", signed };
    if (scheme.present.includes(name)) return { class: "presentational", signed };
    return { class: signed ? "significant" : scheme.uncovered, signed };
  };
}
