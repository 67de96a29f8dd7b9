import { fakeSweepPlace } from "../fakes/sweep-place.ts";
import { sweepPlaceContract } from "./sweep-place.contract.ts";

sweepPlaceContract("fake", fakeSweepPlace);
