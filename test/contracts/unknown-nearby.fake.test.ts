import { NOON } from "../core/samples.ts";
import { fakeClock } from "../fakes/clock.ts";
import { fakeUnknownNearby } from "../fakes/unknown-nearby.ts";
import { unknownNearbyContract } from "./unknown-nearby.contract.ts";

unknownNearbyContract("fake", () => ({ nearby: fakeUnknownNearby(fakeClock(NOON)), now: NOON }));
