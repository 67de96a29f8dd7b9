/** Up to the port: an IP literal in brackets, or a name. */
const HOST = /^[a-z]+:\/\/(\[[^\]]*\]|[^/?#\\:]*)/i;

/**
 * The host name of a request's absolute URL: in lower case, without port, and without the dot that may end a name, so that
 * no spelling of a host passes for another. On the text itself, since the URL class would take the whole of it apart.
 */
export function hostOfUrl(url: string): string {
  const host = HOST.exec(url)?.[1]?.toLowerCase() ?? "";
  return host.endsWith(".") ? host.slice(0, -1) : host;
}
