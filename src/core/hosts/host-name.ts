import { isPrivateHost } from "../origins/private-host.ts";
import { type DeploymentHosts, isWithin } from "./deployment-hosts.ts";

/** Characters of a host name (RFC 1035 section 2.3.4, as text). */
const MAX_HOST_LENGTH = 253;
/** Letters, digits and hyphens (RFC 1123 section 2.1), in lower case; 63 at most (RFC 1035 section 2.3.4). */
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
/** WHATWG URL: a host that ends in such a label is an IPv4 address. */
const NUMBER = /^(?:\d+|0x[0-9a-f]*)$/;

/** Why a text is no host name that a tenant may have: the end of a sentence that begins with the field's name. */
export type HostProblem = string;

/**
 * What is wrong with `host` as a tenant's own, or `null`. `local`: local development, where names may be of a private
 * network; an IP literal is nobody's name anywhere.
 */
export function problemOfHost(host: string, own: DeploymentHosts, local: boolean): HostProblem | null {
  const labels = host.split(".");
  if (host.startsWith("*.")) return "must be one host name: a wildcard stands for many";
  if (host !== host.toLowerCase()) return "must be in lower case";
  if (
    host.length > MAX_HOST_LENGTH ||
    !labels.every((label) => LABEL.test(label)) ||
    NUMBER.test(labels.at(-1) ?? "")
  ) {
    return "must be a host name, such as files.example.com";
  }
  if (!local && isPrivateHost(host)) return "must be a public host name";
  if (isWithin(host, own)) return "is one of this deployment's own";
  return null;
}
