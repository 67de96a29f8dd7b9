import { fault } from "../core/fills/faults.ts";
import type { ChecksumAlgorithm, Checksums } from "../core/integrity/checksums.ts";
import { atStore, FillFailed } from "./fill-failed.ts";
import type { FillJobParts } from "./fill-job.ts";
import { bodyReader } from "./read-body.ts";
import { readPieces } from "./read-pieces.ts";
import { startDigests } from "./running-digests.ts";
import { SPARE_BUFFERS } from "./spare-buffers.ts";
import { PIECE_BYTES } from "./store-whole.ts";

/** Checksums of an object that is stored, read once from its beginning to its end. */
export async function readBack(
  name: string,
  algorithms: ReadonlySet<ChecksumAlgorithm>,
  { store, startHash, idleMs }: Pick<FillJobParts, "store" | "startHash" | "idleMs">,
): Promise<Checksums> {
  const object = await atStore(store.get(name, null));
  if (!object) throw new FillFailed(fault("STORE_FAILED", "The store lost what it had stored."));
  const digests = startDigests(algorithms, startHash);
  const pieces = readPieces(bodyReader(object.body, { idleMs }), object.size, PIECE_BYTES, SPARE_BUFFERS);
  for await (const { bytes } of pieces) await digests.update(bytes);
  return await digests.digest();
}
