import type { z } from "zod";
import { type PreloadItem, preload } from "../../app/preload.ts";
import { reach } from "../../app/reach.ts";
import { readSource } from "../../app/read-source.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { checkCustomKey } from "../../core/proxy-query.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Parts } from "../compose.ts";
import { answer, tenantOf } from "../management.ts";
import type { Call } from "../methods.ts";
import { parse, readJson } from "../parse.ts";
import { preloadBatch, preloadItem } from "../schemas/preload.ts";

/** A thousand items with URLs of 8 KiB each, and room for the rest of them. */
const MAX_BODY_BYTES = 12 * 2 ** 20;

/** `POST /preload`: copies that are wanted before anybody downloads them. All of it is checked before any is queued. */
export async function preloadRoute(call: Call): Promise<Response> {
  const { request, requestId, parts } = call;
  const tenant = await tenantOf(call);
  const body = await readJson(request, MAX_BODY_BYTES);
  const isBatch = typeof body === "object" && body !== null && "items" in body;
  const wanted = isBatch ? parse(preloadBatch, body).items : [parse(preloadItem, body)];
  const items = await Promise.all(
    wanted.map((item, position) => readItem(tenant, item, isBatch ? `items.${position}.` : "", parts)),
  );
  const results = await reach("preload", preload(items, requestId, parts), parts.report);
  return answer(isBatch ? { items: results } : results[0], 202);
}

async function readItem(
  tenant: Tenant,
  { url, hash, expires_at }: z.infer<typeof preloadItem>,
  path: string,
  { local, clock }: Parts,
): Promise<PreloadItem> {
  const key = hash === undefined ? null : checkCustomKey(`${path}hash`, hash);
  const expiresAt = expires_at === undefined ? null : Date.parse(expires_at);
  if (expiresAt !== null && expiresAt <= clock.now()) {
    throw new SnapbyteError("INVALID_FIELD", `${path}expires_at must be in the future.`);
  }
  return { source: await readSource(tenant, url, key, local, `${path}url`), expiresAt };
}
