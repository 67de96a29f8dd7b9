import { fakeRateLimit } from "../fakes/rate-limit.ts";
import { rateLimitContract } from "./rate-limit.contract.ts";

rateLimitContract("fake", fakeRateLimit(3));
