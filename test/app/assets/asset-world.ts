import { type AssetAnswer, type AssetRequest, downloadAsset } from "../../../src/app/assets/download.ts";
import type { Incoming } from "../../../src/app/assets/incoming.ts";
import { type UploadWish, uploadAsset } from "../../../src/app/assets/upload.ts";
import { heldBytes } from "../../../src/app/hold-bytes.ts";
import type { Asset } from "../../../src/core/assets/asset.ts";
import { fakeAccounts, fakeMonthCounters } from "../../fakes/accounts.ts";
import { fakeAssets } from "../../fakes/assets.ts";
import { ACME, makeWorld, utf8 } from "../world.ts";

/** A tenant under the first plan, without assets yet. */
export async function assetWorld() {
  const world = makeWorld();
  const accounts = fakeAccounts(world.clock);
  await accounts.add({ id: ACME.id, site: ACME.site, name: ACME.site, plan: "free", maxObjectBytes: null });
  let [ids, tokens] = [0, 0];
  return {
    ...world,
    accounts,
    counters: fakeMonthCounters(),
    held: heldBytes(),
    assets: fakeAssets(),
    newId: () => `id-${++ids}`,
    random: (length: number) => new Uint8Array(length).fill(++tokens),
  };
}

export type AssetWorld = Awaited<ReturnType<typeof assetWorld>>;

/** A body by itself, of this type. */
export function bodyOf(content: string | Uint8Array<ArrayBuffer>, contentType: string | null = "text/plain"): Incoming {
  const bytes = typeof content === "string" ? utf8(content) : content;
  return { body: new Blob([bytes]).stream(), contentType, length: bytes.length };
}

/** The same of which nobody says how long it is. */
export function endlessOf(content: string | Uint8Array<ArrayBuffer>, contentType = "text/plain"): Incoming {
  return { ...bodyOf(content, contentType), length: null };
}

/** What a browser sends of a form. */
export function formOf(form: FormData): Incoming {
  const { body, headers } = new Response(form);
  return { body, contentType: headers.get("Content-Type"), length: null };
}

export const WISH: UploadWish = { filename: "a.txt", isPublic: true };

export async function upload(
  world: AssetWorld,
  content: string | Incoming = "hello",
  wish: Partial<UploadWish> = {},
): Promise<Asset> {
  const incoming = typeof content === "string" ? bodyOf(content) : content;
  return await uploadAsset(ACME.id, { ...WISH, ...wish }, incoming, world);
}

export type AskedOf = Partial<Omit<AssetRequest, "headers">> & { readonly headers?: Record<string, string> };

/** A request by somebody of whom we know nothing, at a host that is no tenant's own. */
export function requestOf({ headers = {}, ...asked }: AskedOf = {}): AssetRequest {
  const stranger = { method: "GET", acceptEncoding: null, host: "files.test", hostTenant: null } as const;
  return { ...stranger, ...asked, headers: new Headers(headers) };
}

/** Status, and the bytes as text; `null`: there are none. */
export async function plain({ plan, body }: AssetAnswer): Promise<readonly [number, string | null]> {
  return [plan.status, body && (await new Response(body).text())];
}

/** What everybody gets of a public asset. */
export async function download(world: AssetWorld, id: string, asked: AskedOf = {}) {
  return await plain(await downloadAsset(id, requestOf(asked), world));
}

/** The keys of all objects that the store has, and uploads that are open. */
export function kept({ store }: AssetWorld): string[] {
  return [...store.objects.keys(), ...store.uploads.keys()].toSorted();
}
