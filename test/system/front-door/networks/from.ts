/** A request that comes from this address, as Cloudflare's edge would say it. */
export function from(address: string): { readonly headers: Readonly<Record<string, string>> } {
  return { headers: { "CF-Connecting-IP": address } };
}
