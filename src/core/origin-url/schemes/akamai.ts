import { epochSeconds, type Moment } from "../moments.ts";
import type { Reading } from "../scheme.ts";
import type { UrlFacts } from "../url-facts.ts";

/** Fields `name=value`, parted by `~`, of which the last is the HMAC. */
export const AKAMAI_TOKEN = /^(?=(?:.*~)?(?:exp|st)=)(?:[a-z]+=[^~]*~)+hmac=[0-9a-f]{32,128}$/i;

/** The names that Akamai's own tools give it. Under another name it may be anybody's, made up. */
export const AKAMAI_NAMES = ["__token__", "hdnts", "hdnea", "hdntl", "__gda__", "__hdnea__"];

export function isForeignName({ parameters }: UrlFacts): boolean {
  return parameters.some(({ name, value }) => AKAMAI_TOKEN.test(value) && !AKAMAI_NAMES.includes(name));
}

export function readAkamai({ parameters }: UrlFacts): Reading {
  const [token, another] = parameters.filter(({ value }) => AKAMAI_TOKEN.test(value));
  const fields = (token?.value ?? "").split("~").map((field) => field.split(/=(.*)/s));
  const values = (name: string) => fields.filter(([given]) => given === name).map(([, value = ""]) => value);
  const ends: Moment[] = values("exp").map(epochSeconds);
  return {
    malformed: another !== undefined || ends.length !== 1,
    starts: values("st").map(epochSeconds),
    ends,
    bindings: values("ip").length > 0 ? ["ip"] : [],
  };
}
