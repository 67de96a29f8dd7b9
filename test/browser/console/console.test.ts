import { describe, it } from "vitest";
import { emptyData } from "../../console/fakes/api-data.ts";
import { fakeApi } from "../../console/fakes/fake-api.ts";
import { findChromium, type ReadyChromium } from "../chromium.ts";
import { emptyPages } from "./empty-pages.ts";
import { everyPage } from "./every-page.ts";
import { keepingFiles } from "./keeping-files.ts";
import { keyboard } from "./keyboard.ts";
import { withConsole } from "./serve-console.ts";
import { withWindows } from "./windows.ts";
import { work } from "./work.ts";

const chromium = await findChromium();
if ("missing" in chromium) {
  const leftOut = `left out: Chromium, since ${chromium.missing}`;
  it(leftOut, () => console.info(leftOut));
} else {
  describe(`the console in ${chromium.version}`, () => inBrowser(chromium));
}

function inBrowser(ready: ReadyChromium): void {
  const served = withConsole(fakeApi);
  const empty = withConsole(() => fakeApi(emptyData()));
  const open = withWindows(ready, served);
  describe("every page", () => everyPage(open, served));
  describe("every page with a list, while it is empty", () => emptyPages(open, empty));
  describe("the keyboard", () => keyboard(open));
  describe("work", () => work(open, served));
  describe("files of their own", () => keepingFiles(open));
}
