import { newLinkKeyBody } from "../../../../src/api/schemas/link-keys.ts";
import { linkAnswer } from "../../../../src/api/schemas/links.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { type ProxyLink, signProxyLink } from "../../../../src/sdk/index.ts";
import { ask } from "../../stack/requests.ts";
import { noteSignature, noteSignaturesOf } from "../../stack/signatures.ts";
import { done } from "../settings/settings-calls.ts";

/** A link key of the demo tenant, as its owner keeps it. */
export type LinkKey = { readonly kid: string; readonly key: string };

export type LinkTerms = Omit<ProxyLink, "endpoint" | "site" | "keyId" | "key">;

export type Where = { readonly status: number; readonly location: string; readonly cacheStatus: string };

/** Makes a link key; `path`: `/link-keys`, or `/link-keys/rotate`. */
export async function newLinkKey(stack: Stack, path = "/link-keys"): Promise<LinkKey> {
  const { kid, key } = newLinkKeyBody.parse(await done(stack, "POST", path));
  noteSignature(key);
  return { kid, key };
}

/** A link that the tenant's own server signed with the SDK; without an end it is good for ten minutes. */
export async function signed(stack: Stack, { kid, key }: LinkKey, terms: LinkTerms): Promise<string> {
  const end = terms.expiresAt === undefined && terms.expiresIn === undefined ? { expiresIn: 600 } : {};
  const { api: endpoint, tenant: site } = stack;
  return noteSignaturesOf(await signProxyLink({ endpoint, site, keyId: kid, key, ...end, ...terms }));
}

/** A link that the API signed. */
export async function signedByUs(stack: Stack, body: object): Promise<string> {
  return noteSignaturesOf(linkAnswer.parse(await done(stack, "POST", "/links", body)).link);
}

/** Follows a link one step; `address`: where the client comes from, as Cloudflare's edge would say it. */
export async function follow(link: string, { method = "GET", address = "" } = {}): Promise<Where> {
  const headers: Record<string, string> = address === "" ? {} : { "CF-Connecting-IP": address };
  const response = await ask(link, { method, headers });
  await response.body?.cancel();
  return {
    status: response.status,
    location: response.headers.get("location") ?? "",
    cacheStatus: response.headers.get("cache-status") ?? "",
  };
}
