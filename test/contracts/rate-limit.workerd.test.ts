import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { platformRateLimit } from "../../src/platform/cloudflare/rate-limit.ts";
import { rateLimitContract } from "./rate-limit.contract.ts";

rateLimitContract("the platform's", platformRateLimit({ binding: env.CONTRACT_LIMIT, perMinute: 3 }));

test("where nobody counts everybody is let in", async () => {
  const limit = platformRateLimit(null);
  for (let time = 0; time < 100; time++) expect(await limit.admit("somebody")).toBe(true);
});
