import { parseUploadLimits, UPLOAD_LIMITS, type UploadLimits } from "../../core/uploads/upload-limits.ts";
import type { Clock } from "../../ports/clock.ts";
import type { UploadLimitsSource } from "../../ports/upload-limits.ts";

/** Where an operator puts them, as JSON. */
export const UPLOAD_LIMITS_KEY = "settings:uploads";
/** How long an isolate goes on with what it has read, and KV's cache of the place with that, in seconds. */
const REMEMBERED_S = 60;

/** The limits of uploads in Workers KV. What cannot be read, or is none, is reported, and the defaults count. */
export function kvUploadLimits(
  kv: KVNamespace,
  clock: Clock,
  report: (what: string, error: unknown) => void,
): UploadLimitsSource {
  let known: { readonly limits: UploadLimits; readonly until: number } | null = null;

  async function ask(): Promise<UploadLimits> {
    try {
      const text = await kv.get(UPLOAD_LIMITS_KEY, { type: "text", cacheTtl: REMEMBERED_S });
      if (text === null) return UPLOAD_LIMITS;
      const limits = parseUploadLimits(text);
      if (!limits) throw new Error(`KV has no limits of uploads under ${UPLOAD_LIMITS_KEY}`);
      return limits;
    } catch (error) {
      report("upload limits", error);
      return known?.limits ?? UPLOAD_LIMITS;
    }
  }

  return {
    async read() {
      if (known === null || clock.now() >= known.until) {
        known = { limits: await ask(), until: clock.now() + REMEMBERED_S * 1000 };
      }
      return known.limits;
    },
  };
}
