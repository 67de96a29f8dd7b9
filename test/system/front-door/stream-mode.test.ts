import { afterAll, beforeAll, describe } from "vitest";
import { withStack } from "../stack/with-stack.ts";
import { asOther, done } from "./settings/settings-calls.ts";
import { answers } from "./stream-mode/answers.ts";
import { leaving } from "./stream-mode/leaving.ts";
import { automatic, pace } from "./stream-mode/pace.ts";
import { type PacedOrigin, startPacedOrigin } from "./stream-mode/paced-origin.ts";
import { partsOfObjects } from "./stream-mode/parts-of-objects.ts";
import { wholeDownloads } from "./stream-mode/whole-downloads.ts";

/** So long the queue waits for a download that has ended without a word; long enough for a machine that is busy. */
const LEASE_MS = 8_000;

let running: PacedOrigin | undefined;
const origin = () => {
  if (!running) throw new Error("the origin runs only while tests do");
  return running;
};
const stack = withStack(async () => {
  running = await startPacedOrigin();
  return { originRules: [running.rule("public")], vars: { PASS_ALONE_MS: "2000", CLAIM_LEASE_MS: String(LEASE_MS) } };
});
beforeAll(async () => {
  await done(stack(), "PATCH", "/fills", { mode: "stream" });
  await done(stack(), "POST", "/origins", { origin: origin().url, access: "public" }, asOther(stack()));
  await done(stack(), "PATCH", "/fills", { mode: "auto" }, asOther(stack()));
});
afterAll(() => running?.stop());

describe("a whole download", () => wholeDownloads(stack, origin));
describe("a client that leaves", () => leaving(stack, origin));
describe("what is no GET for the whole", () => partsOfObjects(stack, origin));
describe("an answer of the origin's", () => answers(stack, origin));
describe("the pace of a download", () => pace(stack, origin));
describe("the mode auto", () => automatic(stack, origin));
