import { COUNTERS, type Counter } from "../usage/counters.ts";

/** Downloads that were led past us because of the plan itself: they are not held against it. */
const NOT_SERVED: readonly Counter[] = ["bypass_over_limit", "bypass_suspended"];

/** What `/proxy` was asked for, as in `requests` of usage, but for what was not served. */
export const REQUEST_COUNTERS: readonly Counter[] = COUNTERS.filter(
  (name) => /^(?:hits|misses|bypass_.+|refused_.+)$/.test(name) && !NOT_SERVED.includes(name),
);

/** What downloads had of us, and of stores that we led them to. */
export const DELIVERED_BYTES_COUNTERS: readonly Counter[] = ["delivered_bytes", "assumed_bytes", "passed_bytes"];
