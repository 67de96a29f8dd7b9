import { decodedPath } from "./decoded-path.ts";
import type { Material } from "./material.ts";
import type { SignedUrl } from "./verifier.ts";

export type AzureKey = Extract<Material, { kind: "azure-account-key" | "azure-user-delegation-key" }>;

/** Whose blob a URL names: `path` is `/container/blob`, percent-decoded. */
export type AzureBlob = { readonly account: string; readonly path: string };

/** Hosts at which an emulator names the account in the path (Azurite, "URL formats"). Nobody else answers there. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * The blob, by an endpoint of Azure's, by a host that was registered with a key, or at an emulator on this machine.
 * `null`: we cannot tell.
 */
export function azureBlob({ raw, object }: SignedUrl, keys: readonly AzureKey[]): AzureBlob | null {
  const path = decodedPath(raw.path);
  if (path === null) return null;
  if (object) return object.store === "az" && object.inPath ? { account: object.namespace, path } : null;
  const [, first, rest] = /^\/([^/]+)(\/.*)$/.exec(path) ?? [];
  if (LOOPBACK.test(raw.host)) {
    const emulated = keys.find(({ account }) => account === first);
    return emulated && rest !== undefined ? { account: emulated.account, path: rest } : null;
  }
  const owners = new Set(keys.filter(({ hosts }) => hosts.includes(raw.host)).map(({ account }) => account));
  const [account] = owners;
  return account !== undefined && owners.size === 1 ? { account, path } : null;
}
