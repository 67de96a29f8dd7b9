import { type AssetAnswer, type AssetRequest, downloadAsset } from "../../../src/app/assets/download.ts";
import type { Incoming } from "../../../src/app/assets/incoming.ts";
import { GRACE_MS, sweepAssets } from "../../../src/app/assets/sweep-assets.ts";
import { type UploadWish, uploadAsset } from "../../../src/app/assets/upload.ts";
import { heldBytes } from "../../../src/app/hold-bytes.ts";
import type { Asset } from "../../../src/core/assets/asset.ts";
import { deliveryHeaders } from "../../../src/core/http/delivery-headers.ts";
import { MINUTE } from "../../core/samples.ts";
import { fakeAccounts, fakeMonthCounters } from "../../fakes/accounts.ts";
import { fakeAssets } from "../../fakes/assets.ts";
import { ACME, makeWorld } from "../world.ts";
import { bodyOf } from "./bodies.ts";

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

/**
 * What is left in the store now, how many assets there are, and how many rows of contents once the sweep has come, which
 * looks at everything that failed once more.
 */
export async function leftOf(world: AssetWorld) {
  await world.settled();
  const now = kept(world);
  world.clock.advance(GRACE_MS);
  await sweepAssets(world);
  return { now, assets: world.assets.assets.size, rows: world.assets.contents.size };
}
export const NOTHING = { now: [], assets: 0, rows: 0 };

/** The fields of what everybody gets of a public asset. */
export async function fieldsOf(world: AssetWorld, id: string, asked: AskedOf = {}) {
  const { plan, terms, body } = await downloadAsset(id, requestOf(asked), world);
  await body?.cancel();
  return deliveryHeaders(plan, terms);
}

/** A public asset of ten bytes, a minute old. */
export async function withAsset(content = "0123456789") {
  const world = await assetWorld();
  const { id } = await upload(world, content);
  world.clock.advance(MINUTE);
  return { world, id };
}
