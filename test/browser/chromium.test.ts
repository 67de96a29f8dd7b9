import { beforeAll, describe, it } from "vitest";
import { withDoor } from "../system/delivery/clients/door.ts";
import { HERE, tellWhatIsLeftOut } from "../system/delivery/clients/left-out.ts";
import { withDownloads } from "../system/delivery/clients/samples.ts";
import { done } from "../system/front-door/settings/settings-calls.ts";
import { withStack } from "../system/stack/with-stack.ts";
import { findChromium, type ReadyChromium } from "./chromium.ts";
import { documents } from "./documents.ts";
import { withPages } from "./pages.ts";
import { scripts } from "./scripts.ts";
import { uppy } from "./uppy.ts";
import { video } from "./video.ts";
import { withBrowser } from "./with-browser.ts";

/** Host names of this machine: of pages that nobody has allowed, and of the tenant's own. */
const STRANGER = "stranger.test";
const OWN_HOST = "files.acme.test";

const chromium = await findChromium();
if ("missing" in chromium) {
  const leftOut = `left out: Chromium, since ${chromium.missing}`;
  it(leftOut, () => console.info(leftOut));
} else {
  describe(`in ${chromium.version}`, () => inBrowser(chromium));
}

function inBrowser(ready: ReadyChromium): void {
  const stack = withStack();
  const site = { stack, door: withDoor(stack), pages: withPages(), open: withBrowser(ready, [STRANGER, OWN_HOST]) };
  // Before the first fill: the consumer knows a tenant for a while as it was.
  beforeAll(async () => {
    await done(stack(), "PATCH", "/fills", { store_html: true });
  });
  tellWhatIsLeftOut(["ffmpeg"]);
  const path = withDownloads();
  if (HERE.has("ffmpeg")) describe("a video", () => video(site, path));
  describe("a script", () => scripts(site, STRANGER));
  describe("Uppy", () => uppy(site));
  describe("documents", () => documents(site, OWN_HOST));
}
