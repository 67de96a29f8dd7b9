import { CHANGES } from "./cases/changes.ts";
import { CHECKSUMS } from "./cases/checksums.ts";
import { FRAMING } from "./cases/framing.ts";
import { LENGTHS } from "./cases/lengths.ts";
import { POLICIES } from "./cases/policies.ts";
import { redirects } from "./cases/redirects.ts";
import { STATUSES } from "./cases/statuses.ts";
import type { FaultCase } from "./fault-case.ts";
import type { RawOrigin } from "./origin/raw-origin.ts";

/** All but transfers that break off. What takes longest comes first: the queue of one machine works on four at a time. */
export function wrongAnswers(foreign: RawOrigin): readonly FaultCase[] {
  return [...CHANGES, ...LENGTHS, ...CHECKSUMS, ...FRAMING, ...STATUSES, ...redirects(foreign), ...POLICIES];
}
