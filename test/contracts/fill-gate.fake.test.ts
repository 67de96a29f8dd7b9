import { CLAIM_TIMES } from "../../src/core/fills/claims.ts";
import { NOON } from "../core/samples.ts";
import { fakeClock } from "../fakes/clock.ts";
import { fakeFillGate } from "../fakes/fill-gate.ts";
import { fillGateContract } from "./fill-gate.contract.ts";

fillGateContract("fake", () => {
  const clock = fakeClock(NOON);
  const gate = fakeFillGate(clock);
  return { gate, leaseMs: CLAIM_TIMES.leaseMs, pass: async (ms) => clock.advance(ms) };
});
