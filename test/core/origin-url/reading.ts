import { type OriginUrl, type ParameterClass, readOriginUrl } from "../../../src/core/origin-url/origin-url.ts";
import type { BucketCname } from "../../../src/core/tenant.ts";

/** Reads a URL that must be one. */
export function read(text: string, cnames: readonly BucketCname[] = []): OriginUrl {
  const url = readOriginUrl(text, cnames);
  if (typeof url === "string") throw new Error(`${text} was refused: ${url}`);
  return url;
}

/** The names of a class, in their order; `!` behind those that no signature covers. */
export function names({ parameters }: OriginUrl, kind: ParameterClass): string[] {
  return parameters.filter((one) => one.class === kind).map(({ name, signed }) => (signed ? name : `${name}!`));
}

export function utc(text: string): number {
  return Date.parse(text);
}

/** `claims` as the payload of a JSON web token whose signature is one in form only. */
export function jwt(claims: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}.c2lnbmF0dXJl`;
}

/** A CloudFront policy in CloudFront's own base64. */
export function policy(resource: string | null, condition: unknown): string {
  const statement = { ...(resource === null ? {} : { Resource: resource }), Condition: condition };
  const base64 = Buffer.from(JSON.stringify({ Statement: [statement] })).toString("base64");
  return base64.replaceAll("+", "-").replaceAll("=", "_").replaceAll("/", "~");
}
