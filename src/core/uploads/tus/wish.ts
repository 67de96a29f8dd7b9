import { SnapbyteError } from "../../errors.ts";
import type { UploadGrant } from "../upload-token.ts";
import { contentType, fileName, sha256, type UploadWish, userId, userRole } from "../upload-wish.ts";

/** Whose an upload is that names nobody: clients of the protocol need not say. */
const NOBODY = { user: "anonymous", role: "member", type: "application/octet-stream" } as const;

/**
 * What a client of the protocol wants: its metadata by the names that tus-js-client and Uppy use, what it does not say as
 * its token has it. Clients say nothing of uploads that are parts of another (`isPart`): such have a type that their token
 * is for, whichever those are. Throws 400 naming the one that is not valid.
 */
export function wishOfMetadata(
  metadata: ReadonlyMap<string, string>,
  size: number,
  grant: UploadGrant | null,
  isPart = false,
): UploadWish {
  const said = (...names: readonly string[]) => names.map((name) => metadata.get(name)).find((text) => text);
  const ofPart = isPart ? grant?.content_type.replace(/\*$/, "x-part") : undefined;
  const granted = grant?.content_type.endsWith("/*") ? ofPart : grant?.content_type;
  return {
    size,
    fileName: checked("filename", fileName, said("filename", "name") ?? grant?.file_name ?? "file"),
    userId: checked("user_id", userId, said("user_id") ?? grant?.user_id ?? NOBODY.user),
    userRole: checked("user_role", userRole, said("user_role") ?? grant?.user_role ?? NOBODY.role),
    contentType: checked("filetype", contentType, said("filetype", "type", "content_type") ?? granted ?? NOBODY.type),
    sha256: said("sha256") === undefined ? null : checked("sha256", sha256, said("sha256")),
    asset: said("asset") === "true",
  };
}

type Schema<Value> = {
  safeParse(
    value: unknown,
  ): { success: true; data: Value } | { success: false; error: { issues: { message: string }[] } };
};

function checked<Value>(name: string, schema: Schema<Value>, value: unknown): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new SnapbyteError("INVALID_FIELD", `Upload-Metadata: ${name} ${result.error.issues[0]?.message}.`);
}
