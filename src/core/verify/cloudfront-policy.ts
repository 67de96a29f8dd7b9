import type { SignatureVerdict } from "./material.ts";
import { matchesWildcard } from "./wildcard.ts";

/** What a policy of CloudFront allows to anybody. Times in seconds since the epoch; `after: null`: since ever. */
export type CloudFrontPolicy = { readonly resource: string; readonly before: number; readonly after: number | null };

/** Times are 32-bit: 2038-01-19 is the last day (CloudFront, "Create a signed URL using a custom policy"). */
const MAX_TIME = 2_147_483_647;

/** The text that a canned policy's signature covers: CloudFront rebuilds it from the URL and `Expires`. */
export function cannedPolicy(url: string, expires: string): string {
  const condition = `{"DateLessThan":{"AWS:EpochTime":${expires}}}`;
  return `{"Statement":[{"Resource":${JSON.stringify(url)},"Condition":${condition}}]}`;
}

/** Reads a policy. `null`: it is none, or asks for something that we cannot check, an address of the viewer first of all. */
export function readPolicy(text: string): CloudFrontPolicy | null {
  const policy = fields(parse(text), ["Statement"]);
  const statements = policy?.Statement;
  if (!Array.isArray(statements) || statements.length !== 1) return null;
  const statement = fields(statements[0], ["Resource", "Condition"]);
  const condition = fields(statement?.Condition, ["DateLessThan", "DateGreaterThan", "IpAddress"]);
  if (!statement || !condition || typeof statement.Resource !== "string") return null;
  const before = epochTime(condition.DateLessThan);
  const after = condition.DateGreaterThan === undefined ? null : epochTime(condition.DateGreaterThan);
  const bound = condition.IpAddress !== undefined && !fromAnywhere(condition.IpAddress);
  if (before === null || (after === null && condition.DateGreaterThan !== undefined) || bound) return null;
  return { resource: statement.Resource, before, after };
}

/**
 * Whether the policy allows the URL (without CloudFront's own parameters) at `now`, in ms since the epoch.
 *
 * A resource that leaves the host open counts on those distributions that trust the key, and we cannot know whether this
 * host is one of them: `unknown`.
 */
export function allows({ resource, before, after }: CloudFrontPolicy, url: string, now: number): SignatureVerdict {
  if (now >= before * 1000 || (after !== null && now < after * 1000)) return "invalid";
  if (!matchesWildcard(resource, url)) return "invalid";
  const [, host] = /^(?:https?|http\*|\*):\/\/([^/?*]+)(?=\/)/.exec(resource) ?? [];
  return host !== undefined && url.replace(/^https?:\/\//, "").startsWith(`${host}/`) ? "valid" : "unknown";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The object with these fields and no others, or `null`. */
function fields<Name extends string>(value: unknown, names: readonly Name[]): Partial<Record<Name, unknown>> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return Object.keys(value).every((name) => (names as readonly string[]).includes(name)) ? value : null;
}

function epochTime(value: unknown): number | null {
  const time = fields(value, ["AWS:EpochTime"])?.["AWS:EpochTime"];
  return Number.isInteger(time) && Number(time) >= 0 && Number(time) <= MAX_TIME ? Number(time) : null;
}

function fromAnywhere(value: unknown): boolean {
  return fields(value, ["AWS:SourceIp"])?.["AWS:SourceIp"] === "0.0.0.0/0";
}
