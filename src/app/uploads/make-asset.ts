import { displayName } from "../../core/assets/file-name.ts";
import { uploadKey } from "../../core/uploads/upload-path.ts";
import type { UploadSession } from "../../core/uploads/upload-session.ts";
import { type AdoptParts, adoptObject } from "../assets/adopt-object.ts";

/** What an asset is called whose upload has a longer name than one may have. */
const NAMELESS = "file";

/**
 * Makes a private asset of a complete upload, whose file stays where it lies, and returns its id. Called again it returns
 * the same. Throws 503 when a part of ours cannot be reached.
 */
export async function assetOfUpload(session: UploadSession, parts: AdoptParts): Promise<string> {
  const { tenant, fileName, size, contentType, result } = session;
  const object = { objectKey: uploadKey(session), size, sha256: result?.sha256 ?? null, contentType };
  const wish = { filename: displayName(fileName) ?? NAMELESS, isPublic: false };
  return (await adoptObject(tenant, object, wish, parts)).id;
}
