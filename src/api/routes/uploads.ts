import { beginUpload } from "../../app/uploads/begin-upload.ts";
import { cancelUpload } from "../../app/uploads/cancel-upload.ts";
import { completeUpload } from "../../app/uploads/complete-upload.ts";
import { describeUpload } from "../../app/uploads/describe-upload.ts";
import { makeUploadToken } from "../../app/uploads/make-token.ts";
import { partUrls } from "../../app/uploads/part-urls.ts";
import { takeChunk } from "../../app/uploads/take-chunk.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { readChunkDigests } from "../../core/uploads/declared-digest.ts";
import { answer, bodyOf, type ManagementCall, tenantOf } from "../management.ts";
import { parse, readJson } from "../parse.ts";
import { readingOn } from "../read-on.ts";
import { begunToBody, completedToBody, statusToBody, wishFromBody } from "../schemas/upload-bodies.ts";
import { uploadCancel, uploadComplete, uploadInit, uploadTokenRequest } from "../schemas/uploads.ts";
import { forUploader, granted, uploadName } from "../uploader.ts";

/** 10,000 parts, each with an ETag of its own. */
const MAX_COMPLETE_BYTES = 2 * 2 ** 20;

/** `POST /api/upload/init`. */
export const beginUploadRoute = forUploader(async (call, uploader) => {
  const { tenant, holder } = uploader;
  const body = await bodyOf(call, uploadInit);
  const wish = granted(wishFromBody(body), uploader, call);
  const kind = body.direct ? "direct" : "chunks";
  const begun = await beginUpload(wish, { tenant: tenant.id, kind, token: holder?.digest ?? null }, call.parts);
  return answer(begunToBody(begun, partUrls(begun, [], call.parts)));
});

/** `PUT /api/upload/chunk`. */
export const takeChunkRoute = readingOn(
  forUploader(async (call, uploader) => {
    const { body, headers } = call.request;
    const id = field(headers, "X-Upload-Id");
    const index = indexOf(field(headers, "X-Chunk-Index"));
    const declared = readChunkDigests(headers.get("Content-MD5"), headers.get("X-Chunk-SHA256"));
    const sent = headers.get("Content-Length");
    const chunk = { index, body, length: sent === null ? null : Number(sent), declared };
    await takeChunk(uploadName(uploader, id), chunk, call.parts);
    return answer({ upload_id: id, chunk_index: index, status: "uploaded" });
  }),
);

/** `GET /api/upload/{upload_id}/status`. */
export const describeUploadRoute = forUploader(async (call, uploader) => {
  const described = await describeUpload(uploadName(uploader, call.params.upload ?? ""), call.parts);
  const { session, chunks } = described;
  const isOpen = session.status === "initiated" || session.status === "in_progress";
  const urls = session.kind === "direct" && isOpen ? partUrls(session, chunks, call.parts) : null;
  return answer(statusToBody(described, urls));
});

/** `POST /api/upload/complete`. */
export const completeUploadRoute = forUploader(async (call, uploader) => {
  const { upload_id, parts } = parse(uploadComplete, await readJson(call.request, MAX_COMPLETE_BYTES));
  return answer(completedToBody(await completeUpload(uploadName(uploader, upload_id), call.parts, parts ?? null)));
});

/** `POST /api/upload/cancel`. */
export const cancelUploadRoute = forUploader(async (call, uploader) => {
  const { upload_id } = await bodyOf(call, uploadCancel);
  await cancelUpload(uploadName(uploader, upload_id), call.parts);
  return answer({ upload_id, status: "cancelled" });
});

/** `POST /api/upload/token`: signs a token for those who rather call than sign. */
export async function makeUploadTokenRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "uploads:*");
  const { expires_in, file_name, ...grant } = await bodyOf(call, uploadTokenRequest);
  const exp = Math.floor(call.parts.clock.now() / 1000) + expires_in;
  const named = file_name === undefined ? {} : { file_name };
  const token = await makeUploadToken(tenant, { ...grant, ...named, exp }, call.parts);
  return answer({ token, expires_at: new Date(exp * 1000).toISOString() }, 201);
}

function field(headers: Headers, name: string): string {
  const value = headers.get(name)?.trim() ?? "";
  if (value === "") throw new SnapbyteError("MISSING_FIELD", `${name} is required.`);
  return value;
}

function indexOf(text: string): number {
  if (!/^[0-9]{1,6}$/.test(text)) throw new SnapbyteError("INVALID_FIELD", "X-Chunk-Index: must be a number from 0.");
  return Number(text);
}
