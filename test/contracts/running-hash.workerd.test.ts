import { digestStreamHash } from "../../src/platform/cloudflare/digest-stream-hash.ts";
import { runningHashContract } from "./running-hash.contract.ts";

runningHashContract("DigestStream", digestStreamHash);
