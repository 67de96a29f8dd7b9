import type { Asset } from "../../core/assets/asset.ts";
import { SnapbyteError } from "../../core/errors.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { Assets } from "../../ports/assets.ts";
import type { Clock } from "../../ports/clock.ts";
import type { FillJobParts } from "../fill-job.ts";
import type { Report } from "../in-background.ts";
import { reach } from "../reach.ts";
import { readBack } from "../read-back.ts";

/** An object that lies in the store, whole, and belongs to the asset from now on: nobody else may change or delete it. */
export type AdoptedObject = {
  /** Its key in the store, where nothing was stored before and nothing ever will be again. */
  readonly objectKey: string;
  /** Bytes. */
  readonly size: number;
  /** Of the bytes, in lower-case hex; `null`: nobody has read them in their order, so they are read once for it. */
  readonly sha256: string | null;
  /** `null`: nobody said. */
  readonly contentType: string | null;
};

/** What an asset is called, and whether everybody may download it. */
export type AssetWish = { readonly filename: string; readonly isPublic: boolean };

export type AdoptParts = Pick<FillJobParts, "store" | "startHash" | "idleMs"> & {
  readonly assets: Pick<Assets, "adopt">;
  readonly newId: () => string;
  readonly clock: Clock;
  readonly report: Report;
};

/**
 * Makes an asset of an object that was stored by other means, such as a finished upload. May be repeated: the same object
 * is the same asset, as it is by then, and 404 once that is deleted. Throws 503 when a part of ours cannot be reached; then
 * the object may be nobody's yet.
 */
export async function adoptObject(
  tenant: TenantId,
  object: AdoptedObject,
  wish: AssetWish,
  parts: AdoptParts,
): Promise<Asset> {
  const { assets, store, newId, clock, report } = parts;
  // Of an asset that was deleted long ago not even the row of its bytes is there, which would say so.
  if (!(await reach("store", store.head(object.objectKey), report))) throw new SnapbyteError("NOT_FOUND");
  const sha256 = object.sha256 ?? (await reach("store", sha256Of(object, parts), report));
  const content = { ...object, id: newId(), sha256 };
  const adopting = assets.adopt({ tenant, id: newId(), ...wish }, content, clock.now());
  const asset = await reach("assets", adopting, report);
  if (!asset) throw new SnapbyteError("NOT_FOUND");
  return asset;
}

async function sha256Of({ objectKey }: AdoptedObject, parts: AdoptParts): Promise<string> {
  const { sha256 } = await readBack(objectKey, new Set(["sha256"]), parts);
  if (sha256 === undefined) throw new Error("the object was not hashed");
  return sha256;
}
