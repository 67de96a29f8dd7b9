import type { Moment } from "./moments.ts";
import type { ObjectName } from "./object-name.ts";
import type { RawParameter } from "./raw-url.ts";
import type { UrlFacts } from "./url-facts.ts";

/** To whom, or to what request headers, a signature is tied. */
export type Binding = "ip" | "country" | "headers" | "user";

/** What the credentials of a scheme say. */
export type Reading = {
  /** They have not the form that the provider gives them: no server would take them. */
  readonly malformed?: boolean;
  /** Each is a bound: the latest counts. Less the skew that the provider allows. */
  readonly starts?: readonly Moment[];
  /** Each is a bound: the earliest counts. */
  readonly ends?: readonly Moment[];
  readonly bindings?: readonly Binding[];
  /** What the credential itself selects of the object, in the form of parameters. */
  readonly selects?: readonly string[];
};

/** What a provider's signed URL means: everything that differs between providers is data here. Names are lower case. */
export type Scheme = {
  readonly id: string;
  /**
   * Whether a URL carries it, complete or not. It does only where one of `credential` names a parameter of it, unless
   * there are none, or there is a `credentialValue`: by these names the table is searched.
   */
  readonly detect: (url: UrlFacts) => boolean;
  /** Whether the names by which it was detected are anybody's: then they count for certain on the provider's hosts only. */
  readonly generic: (url: UrlFacts) => boolean;
  /** Hosts that are known to be the provider's. */
  readonly hosts: RegExp | null;
  /** Stores all of whose hosts, and declared CNAMEs, are the provider's too. */
  readonly stores: readonly ObjectName["store"][];
  /** Parameters that must be there once and not be empty. */
  readonly required: readonly string[];
  /** Proof, expiry and telemetry: no part of which object the URL names. None may come twice. */
  readonly credential: readonly string[];
  /** Of these, those that no signature covers. */
  readonly uncoveredCredential: readonly string[];
  /** A value that is a credential whatever its name. */
  readonly credentialValue: RegExp | null;
  /** Parameters that select other bytes, also where no signature covers them. */
  readonly select: RegExp | null;
  /** Parameters that change response headers only. */
  readonly present: readonly string[];
  /** Which parameters the signature covers. */
  readonly covers: (url: UrlFacts) => (parameter: RawParameter) => boolean;
  /** What any other parameter is that the signature does not cover: the provider looks at it, or takes no notice. */
  readonly uncovered: "significant" | "ignored";
  /** Parameters that ask for something else than the object's bytes. */
  readonly subResources: ReadonlySet<string>;
  readonly read: (url: UrlFacts) => Reading;
};

/** A row of the table: what it does not say is as for a signature over every parameter, under names of its own. */
export function scheme(row: Pick<Scheme, "id" | "detect" | "credential"> & Partial<Scheme>): Scheme {
  return {
    generic: () => false,
    hosts: null,
    stores: [],
    required: [],
    uncoveredCredential: [],
    credentialValue: null,
    select: null,
    present: [],
    covers: everything,
    uncovered: "significant",
    subResources: new Set(),
    read: () => ({}),
    ...row,
  };
}

export const everything = () => () => true;
export const nothing = () => () => false;
/** For names that anybody may use. */
export const always = () => true;

/** A signature over these parameters only. */
export function listed(...names: readonly (string | RegExp)[]): Scheme["covers"] {
  const set = new Set(names);
  const patterns = names.filter((name) => typeof name !== "string");
  return () =>
    ({ name }) =>
      set.has(name) || patterns.some((pattern) => pattern.test(name));
}

/** Any of these names tells: nobody but the vendor has them. */
export function anyOf(...names: readonly string[]): Scheme["detect"] {
  return ({ has }) => names.some(has);
}

/** Only all of these names together tell. */
export function allOf(...names: readonly string[]): Scheme["detect"] {
  return ({ has }) => names.every(has);
}

/** The name of a key tells, together with any of what is signed with it. */
export function keyWith(key: string, ...others: readonly string[]): Scheme["detect"] {
  return ({ has }) => has(key) && others.some(has);
}

/** What a list of signed headers ties a URL to: a client sends its Host header anyway. */
export function headerBinding(list: string | null): readonly Binding[] {
  if (list === "host") return [];
  const names = (list ?? "").toLowerCase().split(";");
  return names.every((name) => name === "" || name === "host") ? [] : ["headers"];
}
