import type { FillJob } from "../../../src/app/fill-job.ts";
import { beginUpload } from "../../../src/app/keep-parts.ts";
import { openOrigin } from "../../../src/app/open-origin.ts";
import { readAnswer, startFill } from "../../../src/app/start-fill.ts";
import { type RangesParts, storeRanges } from "../../../src/app/store-ranges.ts";
import type { Stored } from "../../../src/app/stored.ts";
import { entryKey, publicKey } from "../../../src/core/entry-key.ts";
import { FILL_SIZES, partBytes } from "../../../src/core/fills/fill-choice.ts";
import type { FillMessage } from "../../../src/core/fills/fill-message.ts";
import type { FillPlan } from "../../../src/core/fills/fill-plan.ts";
import { readOriginUrl } from "../../../src/core/origin-url/origin-url.ts";
import { PLAIN_SERVING, type Tenant, type TenantId } from "../../../src/core/tenant.ts";
import type { FillGate } from "../../../src/ports/fill-gate.ts";

const TENANT: Tenant = {
  ...{ id: "bench" as TenantId, site: "bench", access: "public", delivery: "edge" },
  fill: { mode: "redirect", storeHtml: false, maxObjectBytes: null, store: null, largeStore: null },
  ...{
    serving: PLAIN_SERVING,
    hosts: [],
    originRules: [],
    cnames: [],
    linkKeys: [],
    verificationKeys: [],
    clientNetworks: [],
    managementNetworks: [],
    standing: "good",
  },
};

/** What an attempt knows that has read its message and was let in by the gate; `text` is the URL of the object. */
export async function jobFrom(text: string, gate: FillGate): Promise<FillJob> {
  const url = readOriginUrl(text);
  if (typeof url === "string") throw new Error(`${text} is not taken: ${url}`);
  const name = { by: "custom", key: crypto.randomUUID() } as const;
  const key = await entryKey(TENANT.id, name);
  const boundTo = "0".repeat(43);
  const fence = await gate.claim(key, { boundTo, sealedUrl: "sealed", endsAt: null }, true);
  if (fence === null) throw new Error("the gate lets no fill through");
  const holder = { fence, lane: 0, holder: "lane-0" };
  const message: FillMessage = {
    version: 4,
    ...{ tenant: TENANT.id, entry: key.id, fence, publicKey: publicKey(key, name), trusted: false },
    ...{ expiresAt: null, boundTo, sealedUrl: "sealed", requestId: "bench", lane: 0, spent: 0, tags: [] },
  };
  const rule = { ...url.raw, pathPrefix: "/", access: null, obeyPrivate: false, tags: [] };
  await gate.begin(key, holder);
  const endsAt = Number.POSITIVE_INFINITY;
  const lost = new AbortController().signal;
  return { message, key, holder, tenant: TENANT, rule, url, lost, endsAt, fetched: () => {} };
}

/**
 * Fills as such an attempt does when nobody has told of the object yet. `parallel`: by ranges in all the lanes that the
 * engine has, whatever the size; otherwise as the engine chooses.
 */
export async function oneFill(job: FillJob, parallel: boolean, parts: RangesParts): Promise<Stored> {
  const started = parallel ? { plan: await parallelPlan(job, parts) } : await startFill(job, null, parts);
  if (started === "confirmed") throw new Error("there was a copy before the fill");
  return "stored" in started ? started.stored : await fillLanes(job, started.plan, parts);
}

/** As the engine plans an object that is large enough. */
async function parallelPlan(job: FillJob, parts: RangesParts): Promise<FillPlan> {
  const { answer, url } = await openOrigin(job, {}, parts);
  await answer.body?.cancel();
  const known = readAnswer(job, answer, url, parts);
  if ("code" in known || known.length === null) throw new Error("the origin's answer cannot be filled by ranges");
  const { length, facts } = known;
  const lanes = { resumeTag: facts.originEtag, lanes: FILL_SIZES.lanes, partCrc: null };
  const draft = { ...facts, ...lanes, size: length, partBytes: partBytes(length) };
  return (await beginUpload(job, draft, parts)).plan;
}

/** What several consumers do, in one. */
async function fillLanes(job: FillJob, plan: FillPlan, parts: RangesParts): Promise<Stored> {
  const lanes = Array.from({ length: plan.lanes }, async (_, lane) => {
    const holder = { ...job.holder, lane, holder: `lane-${lane}` };
    if (lane > 0) await parts.gate.begin(job.key, holder);
    return await storeRanges({ ...job, holder }, plan, parts);
  });
  const [stored] = (await Promise.all(lanes)).filter((each) => each !== null);
  if (!stored) throw new Error("no lane has joined the parts");
  return stored;
}
