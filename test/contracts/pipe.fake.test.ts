import { fakePipe } from "../fakes/pipe.ts";
import { pipeContract } from "./pipe.contract.ts";

pipeContract("fake", fakePipe);
