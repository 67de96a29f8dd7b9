import type { RateLimit as RateLimitPort } from "../../ports/rate-limit.ts";

/**
 * The platform's rate limits: counted at each of its places, about right, and asked without a wait for the network. How
 * many times a binding lets through stands in wrangler.toml and cannot be asked for: `perMinute` is the same number.
 * `null`: nobody counts, and everybody is let in.
 * https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/
 */
export function platformRateLimit(
  limit: { readonly binding: RateLimit; readonly perMinute: number } | null,
): RateLimitPort {
  if (limit === null) return { perMinute: Number.MAX_SAFE_INTEGER, admit: async () => true };
  const { binding, perMinute } = limit;
  return {
    perMinute,
    async admit(key) {
      return (await binding.limit({ key })).success;
    },
  };
}
