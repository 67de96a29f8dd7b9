import { afterAll, describe, it } from "vitest";
import { freePort } from "../../../src/dev/net/listen.ts";
import { findChromium } from "../../browser/chromium.ts";
import { withBrowser } from "../../browser/with-browser.ts";
import { type StripeStandIn, startStripe } from "../../setup/stripe/stripe-stand-in.ts";
import { HERE, tellWhatIsLeftOut } from "../delivery/clients/left-out.ts";
import { withStack } from "../stack/with-stack.ts";
import { byForms } from "./newcomer/by-forms.ts";
import { inBrowser } from "./newcomer/in-browser.ts";
import { keepingFiles } from "./newcomer/keeping-files.ts";
import { paidBy, paying } from "./newcomer/paying.ts";
import { roles } from "./newcomer/roles.ts";

const chromium = await findChromium();
let stripe: StripeStandIn | undefined;
const stack = withStack(async () => {
  stripe = await startStripe();
  return { consolePort: await freePort(), consoleVars: paidBy(stripe) };
});
afterAll(async () => await stripe?.stop());

describe("a newcomer without scripts", () => byForms(stack));
describe("a newcomer with files of their own", () => keepingFiles(stack));
describe("a newcomer who pays", () => paying(stack, () => stripe));
describe("a newcomer's people", () => roles(stack));

tellWhatIsLeftOut(["curl"]);
if ("missing" in chromium) {
  const leftOut = `left out: Chromium, since ${chromium.missing}`;
  it(leftOut, () => console.info(leftOut));
} else if (HERE.has("curl")) {
  const open = withBrowser(chromium, []);
  describe(`a newcomer in ${chromium.version}`, () => inBrowser(stack, open));
}
