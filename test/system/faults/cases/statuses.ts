import { expect } from "vitest";
import type { FaultCase } from "../fault-case.ts";
import { once, status, well } from "../origin/answers.ts";
import { SMALL } from "../origin/bodies.ts";
import type { RawOrigin } from "../origin/raw-origin.ts";

/** Longer than the attempt after it would wait by itself. */
const RETRY_AFTER_S = 3;

function keepsAway({ asked: [first, second] }: RawOrigin): void {
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(RETRY_AFTER_S * 1000);
}

const small = { ready: SMALL };

export const STATUSES: readonly FaultCase[] = [
  {
    name: "429 with Retry-After, once",
    origin: once(status(429, { "retry-after": RETRY_AFTER_S }), well(SMALL)),
    ends: small,
    asked: 2,
    also: keepsAway,
  },
  { name: "429 without Retry-After, once", origin: once(status(429), well(SMALL)), ends: small, asked: 2 },
  { name: "503, once", origin: once(status(503), well(SMALL)), ends: small, asked: 2 },
  {
    name: "503, for ever",
    origin: status(503, { "retry-after": 1 }),
    ends: { failed: "ORIGIN_BUSY", message: /503/ },
  },
  { name: "500, once", origin: once(status(500), well(SMALL)), ends: small, asked: 2 },
  { name: "404", origin: status(404), ends: { failed: "ORIGIN_NOT_FOUND", message: /404/ } },
  { name: "410", origin: status(410), ends: { failed: "ORIGIN_NOT_FOUND", message: /410/ } },
  { name: "403", origin: status(403), ends: { failed: "ORIGIN_REFUSED", message: /403/ } },
  { name: "401", origin: status(401), ends: { failed: "ORIGIN_REFUSED", message: /401/ } },
  { name: "204", origin: status(204), ends: { failed: "ORIGIN_STATUS", message: /204/ } },
];
