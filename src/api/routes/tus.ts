import { concatenateTus } from "../../app/uploads/tus/concatenate.ts";
import { createWithBytes } from "../../app/uploads/tus/create-with-bytes.ts";
import { appendToTus, createTus, findTus, terminateTus } from "../../app/uploads/tus/tus-upload.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { parseBytes, parseChecksum, parseConcat, parseMetadata } from "../../core/uploads/tus/fields.ts";
import { TUS_ALGORITHMS, TUS_BODY, TUS_EXTENSIONS, TUS_VERSION, TusRefusal } from "../../core/uploads/tus/protocol.ts";
import { wishOfMetadata } from "../../core/uploads/tus/wish.ts";
import { UPLOAD_PREFLIGHT } from "../../core/uploads/upload-cors.ts";
import type { UploadPlan } from "../../core/uploads/upload-session.ts";
import type { ManagementCall } from "../management.ts";
import { answer, speaking, VERSION } from "../speaking-tus.ts";
import { granted, type Uploader, uploadName } from "../uploader.ts";

/** `OPTIONS /files/`: what is spoken here, and the answer to a browser's preflight. */
export async function tusOptionsRoute({ parts }: ManagementCall): Promise<Response> {
  const { maxFileBytes } = await parts.uploadLimits.read();
  const headers = {
    ...{ ...UPLOAD_PREFLIGHT, ...VERSION, "Tus-Version": TUS_VERSION, "Tus-Max-Size": String(maxFileBytes) },
    ...{ "Tus-Extension": TUS_EXTENSIONS.join(","), "Tus-Checksum-Algorithm": TUS_ALGORITHMS.join(",") },
  };
  return new Response(null, { status: 204, headers });
}

/** `POST /files/`: begins an upload, with its first bytes or without, or makes one of others. */
export const createTusRoute = speaking(async (call, uploader) => {
  const { headers, body } = call.request;
  const metadata = headers.get("Upload-Metadata") ?? "";
  const concat = headers.get("Upload-Concat");
  const asked = parseConcat(concat);
  const whose = { tenant: uploader.tenant.id, token: uploader.holder?.digest ?? null };
  const wishOf = (size: number) => {
    const wish = wishOfMetadata(parseMetadata(metadata), size, grantOf(uploader), asked?.is === "partial");
    return granted(wish, uploader, call, asked?.is === "final");
  };
  if (asked?.is === "final") {
    const names = asked.ids.map((id) => uploadName(uploader, id));
    const made = concatenateTus(names, wishOf, { metadata, concat: concat ?? "" }, whose, call.parts);
    return created(await alone(made, call), null);
  }
  const size = parseBytes(headers.get("Upload-Length"));
  if (size === null) throw new TusRefusal("BAD_REQUEST", "Upload-Length: it must be a number of bytes.");
  const said = { metadata, concat };
  if (headers.get("Content-Type") !== TUS_BODY || !body || size === 0) {
    return created(await createTus(wishOf(size), said, whose, call.parts), null);
  }
  const begun = await alone(createWithBytes(wishOf(size), said, whose, bytesOf(call), call.parts), call);
  return created(begun.plan, begun.offset);
});

/** `HEAD /files/{id}`: how many bytes are there; not told of one that is still being made of others. */
export const describeTusRoute = speaking(async (call, uploader) => {
  const { session, state, concat } = await findTus(nameOf(call, uploader), call.parts);
  return answer(200, {
    ...((concat?.is !== "final" || session.status === "completed") && { "Upload-Offset": String(state.offset) }),
    "Upload-Length": String(session.size),
    ...(state.metadata !== "" && { "Upload-Metadata": state.metadata }),
    ...(state.concat !== null && { "Upload-Concat": state.concat }),
    ...(session.status !== "completed" && expiry(session)),
  });
});

/** `PATCH /files/{id}`: more bytes. */
export const appendTusRoute = speaking(async (call, uploader) => {
  const { headers } = call.request;
  if (headers.get("Content-Type") !== TUS_BODY) throw new TusRefusal("TYPE", `Content-Type: it must be ${TUS_BODY}.`);
  const offset = parseBytes(headers.get("Upload-Offset"));
  if (offset === null) throw new TusRefusal("BAD_REQUEST", "Upload-Offset: it must be a number of bytes.");
  const name = nameOf(call, uploader);
  const { session } = await findTus(name, call.parts);
  const now = await alone(appendToTus(name, { ...bytesOf(call), offset }, call.parts), call);
  return answer(204, { "Upload-Offset": String(now), ...(now < session.size && expiry(session)) });
});

/** `DELETE /files/{id}`: gives it up. */
export const terminateTusRoute = speaking(async (call, uploader) => {
  await terminateTus(nameOf(call, uploader), call.parts);
  return answer(204, {});
});

/** `POST /files/{id}`: what a client says that may not send the other methods. */
export async function overriddenTusRoute(call: ManagementCall): Promise<Response> {
  const method = call.request.headers.get("X-HTTP-Method-Override");
  if (method === "HEAD") return await describeTusRoute(call);
  if (method === "PATCH") return await appendTusRoute(call);
  if (method === "DELETE") return await terminateTusRoute(call);
  throw new SnapbyteError("METHOD_NOT_ALLOWED", undefined, { headers: { Allow: "HEAD, PATCH, DELETE, OPTIONS" } });
}

/** Goes on for a while when the client has left: what it sent is kept. */
async function alone<Value>(work: Promise<Value>, { parts }: ManagementCall): Promise<Value> {
  parts.inBackground(work.catch(() => {}));
  return await work;
}

function bytesOf({ request: { body, headers } }: ManagementCall) {
  const length = parseBytes(headers.get("Content-Length"));
  return { body: body ?? nothing(), length, checksum: parseChecksum(headers.get("Upload-Checksum")) };
}

function created(plan: UploadPlan, offset: number | null): Response {
  return answer(201, {
    // Without a host: whatever stands between may have another name for this one.
    Location: `/files/${plan.id}`,
    ...(offset !== null && { "Upload-Offset": String(offset) }),
    ...((offset ?? 0) < plan.size && expiry(plan)),
  });
}

const expiry = ({ expiresAt }: Pick<UploadPlan, "expiresAt">) => ({
  "Upload-Expires": new Date(expiresAt).toUTCString(),
});
const nameOf = ({ params }: ManagementCall, uploader: Uploader) => uploadName(uploader, params.upload ?? "");
const grantOf = ({ holder }: Uploader) => holder?.grant ?? null;
const nothing = () => new Blob([]).stream() as ReadableStream<Uint8Array>;
