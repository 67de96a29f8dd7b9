import { nodeStartHash } from "../fakes/start-hash.ts";
import { runningHashContract } from "./running-hash.contract.ts";

runningHashContract("fake", nodeStartHash);
