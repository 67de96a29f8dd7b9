import type { RawUrl } from "../core/origin-url/raw-url.ts";
import type { OriginAnswer, OriginFields } from "../ports/origin.ts";
import type { FillJob, FillJobParts } from "./fill-job.ts";
import { openSource } from "./open-source.ts";
import { Stalled } from "./read-body.ts";

/**
 * The origin's answer to the job's URL, wherever its redirects lead on the allow-list. Throws {@link Stalled} when the
 * origin says nothing for as long as it may. The job's claim, when it is lost, ends the body too.
 */
export async function openOrigin(
  { url, tenant, lost }: Pick<FillJob, "url" | "tenant" | "lost">,
  fields: OriginFields,
  { origin, local, idleMs }: Pick<FillJobParts, "origin" | "local" | "idleMs">,
): Promise<{ readonly answer: OriginAnswer; readonly url: RawUrl }> {
  const head = new AbortController();
  const timer = setTimeout(() => head.abort(new Stalled(idleMs)), idleMs);
  try {
    const signal = AbortSignal.any([lost, head.signal]);
    return await openSource(url.raw, fields, { rules: tenant.originRules, local, origin }, signal);
  } catch (error) {
    throw head.signal.aborted ? head.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}
