/** Names that resolve inside a network and never on the public internet (RFC 6761, RFC 8375, and common practice). */
const PRIVATE_LABELS = new Set(["localhost", "local", "internal", "intranet", "lan", "test", "invalid", "onion"]);
const PRIVATE_SUFFIX = ".home.arpa";

/**
 * Whether a host is an IP literal in any spelling that clients accept, or a name that only means something inside a
 * network. Such hosts are refused outside local development: a cache that fetches them is a way into its own network.
 */
export function isPrivateHost(host: string): boolean {
  if (host.startsWith("[")) return true;
  const dot = host.lastIndexOf(".");
  const last = host.slice(dot + 1);
  // WHATWG URL: a host whose last label is a number is an IPv4 address (127.1, 0x7f.1, 2130706433).
  if (dot < 0 || /^(?:\d+|0x[0-9a-f]*)$/.test(last)) return true;
  return PRIVATE_LABELS.has(last) || host.endsWith(PRIVATE_SUFFIX);
}
