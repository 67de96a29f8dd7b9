import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { PATIENCE_MS } from "../system/stack/until.ts";
import type { ReadyChromium } from "./chromium.ts";

/** Opens an address in a window of its own, which has nothing of any other in its cache. */
export type OpenPage = (address: string) => Promise<Page>;

/** Gives the tests of this file a browser. Its windows are closed after each test. `hosts`: names of this machine. */
export function withBrowser(chromium: ReadyChromium, hosts: readonly string[]): OpenPage {
  let browser: Browser | undefined;
  let open: BrowserContext[] = [];
  beforeAll(async () => {
    browser = await chromium.launch(hosts);
  });
  afterEach(async () => {
    await Promise.all(open.map((context) => context.close()));
    open = [];
  });
  afterAll(async () => {
    await browser?.close();
    await chromium.remove();
  });
  return async (address) => {
    if (!browser) throw new Error("the browser runs only while tests do");
    const context = await browser.newContext({ locale: "en-GB" });
    open.push(context);
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    await page.goto(address);
    return page;
  };
}
