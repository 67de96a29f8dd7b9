import { acceptManifest, acceptManifestUrl } from "../../app/accept-manifest.ts";
import { preload } from "../../app/preload.ts";
import { preloadList } from "../../app/preload-list.ts";
import { reach } from "../../app/reach.ts";
import { readPreloadItem } from "../../app/read-preload-item.ts";
import { readSource } from "../../app/read-source.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { MAX_MANIFEST_BYTES } from "../../core/preload/manifest-limits.ts";
import type { Tenant } from "../../core/tenant.ts";
import { answer, type ManagementCall, tenantOf } from "../management.ts";
import { parse, readJson } from "../parse.ts";
import { batchToBody } from "../schemas/batch.ts";
import { preloadBatch, preloadItem, preloadManifest } from "../schemas/preload.ts";

/** A thousand items with URLs of 8 KiB each, and room for the rest of them. */
const MAX_BODY_BYTES = 12 * 2 ** 20;

/** Names under which NDJSON goes about: none is registered. */
const NDJSON = /^application\/(?:x-ndjson|ndjson|x-jsonlines|jsonl)\s*(?:;|$)/i;

/** What no batch is named by may be what Postgres cannot even be asked for. */
const BATCH_ID = /^[\w-]{1,64}$/;

/** `POST /preload`: copies that are wanted before anybody downloads them, in one of four forms. */
export async function preloadRoute(call: ManagementCall): Promise<Response> {
  const { request } = call;
  const tenant = await tenantOf(call, "preload:write");
  if (NDJSON.test(request.headers.get("Content-Type") ?? "")) return await manifestInBody(call, tenant);
  const body = await readJson(request, MAX_BODY_BYTES);
  const has = (field: string) => typeof body === "object" && body !== null && field in body;
  if (has("manifest")) return await manifestAtUrl(call, tenant, parse(preloadManifest, body).manifest);
  if (has("items")) return await list(call, tenant, parse(preloadBatch, body).items);
  return await single(call, tenant, parse(preloadItem, body));
}

/** `GET /preload/{batch}`: what has become of a list, or of a manifest. */
export async function describeBatchRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "preload:write");
  const { batches, report } = call.parts;
  const id = call.params.batch ?? "";
  if (!BATCH_ID.test(id)) throw new SnapbyteError("NOT_FOUND");
  const summary = await reach("batches", batches.summary({ tenant: tenant.id, id }), report);
  if (!summary) throw new SnapbyteError("NOT_FOUND");
  return answer(batchToBody(id, summary));
}

async function single({ requestId, parts }: ManagementCall, tenant: Tenant, wanted: Wanted): Promise<Response> {
  const item = await readPreloadItem(tenant, wanted, "", parts);
  const [result] = await reach("preload", preload([item], requestId, parts), parts.report);
  return answer(result, 202);
}

type Wanted = ReturnType<typeof preloadItem.parse>;

/** All of it is checked before any is queued. */
async function list(
  { requestId, parts }: ManagementCall,
  tenant: Tenant,
  wanted: readonly Wanted[],
): Promise<Response> {
  const items = await Promise.all(
    wanted.map((item, position) => readPreloadItem(tenant, item, `items.${position}.`, parts)),
  );
  return answer(await reach("preload", preloadList(tenant.id, items, requestId, parts), parts.report), 202);
}

/** Taken in as it comes; each line is checked when it is expanded. */
async function manifestInBody({ request, requestId, parts }: ManagementCall, tenant: Tenant): Promise<Response> {
  const { body, headers } = request;
  if ((headers.get("Content-Encoding") ?? "identity").toLowerCase() !== "identity") {
    throw new SnapbyteError("INVALID_FIELD", "A manifest must not be compressed: Content-Encoding is not taken.");
  }
  if (Number(headers.get("Content-Length") ?? 0) > MAX_MANIFEST_BYTES) throw new SnapbyteError("BODY_TOO_LARGE");
  const pieces: AsyncIterable<Uint8Array> = body ?? new Blob([]).stream();
  const batch = await reach("preload", acceptManifest(tenant.id, pieces, requestId, parts), parts.report);
  return answer({ batch, status: "expanding" }, 202);
}

async function manifestAtUrl({ requestId, parts }: ManagementCall, tenant: Tenant, url: string): Promise<Response> {
  const source = await readSource(tenant, url, null, parts.local, "manifest");
  const batch = await reach("preload", acceptManifestUrl(tenant.id, source, requestId, parts), parts.report);
  return answer({ batch, status: "expanding" }, 202);
}
