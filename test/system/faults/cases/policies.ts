import type { FaultCode } from "../../../../src/core/fills/faults.ts";
import type { FaultCase } from "../fault-case.ts";
import { type Fields, well } from "../origin/answers.ts";
import { SMALL } from "../origin/bodies.ts";

function refused(name: string, fields: Fields, failed: FaultCode): FaultCase {
  return { name, origin: well(SMALL, fields), ends: { failed } };
}

/** What an origin, well as it is, does not want to be kept, and what it may say without forbidding it. */
export const POLICIES: readonly FaultCase[] = [
  refused("no-store", { "cache-control": "no-store" }, "NOT_STORABLE"),
  refused("private, of what is no object store", { "cache-control": "private, max-age=60" }, "NOT_STORABLE"),
  refused("no-cache, of what is no object store", { "cache-control": "no-cache" }, "NOT_STORABLE"),
  refused("stale at once", { "cache-control": "max-age=0" }, "NOT_STORABLE"),
  refused("Vary: User-Agent", { vary: "Accept-Encoding, User-Agent" }, "VARIES"),
  refused("Vary: *", { vary: "*" }, "VARIES"),
  refused("HTML, which the tenant does not store", { "content-type": "text/html" }, "HTML_NOT_STORED"),
  {
    name: "Vary: Origin, and a cookie",
    origin: well(SMALL, { vary: "Origin, Accept-Encoding", "set-cookie": "a=b" }),
    ends: { ready: SMALL, delivered: { "set-cookie": null } },
    asked: 1,
  },
];
