import { afterAll, describe } from "vitest";
import { wrongAnswers } from "./cases.ts";
import { status } from "./origin/answers.ts";
import { startRawOrigin } from "./origin/raw-origin.ts";
import { rows, whenAllHasEnded, withFaultStack } from "./run/matrix.ts";
import { startCases } from "./run/running-case.ts";

const foreign = await startRawOrigin(status(200));
afterAll(async () => await foreign.stop());
const answering = await startCases(wrongAnswers(foreign));
const stack = withFaultStack([answering]);

describe("an origin that answers what it should not", () => rows(stack, answering.cases));
describe("when all has ended", () => whenAllHasEnded(stack, answering.cases));
