import { openPipe } from "../../src/platform/cloudflare/pipe.ts";
import { pipeContract } from "./pipe.contract.ts";

pipeContract("workerd's own streams", openPipe);
