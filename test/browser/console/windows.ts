import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { PATIENCE_MS } from "../../system/stack/until.ts";
import type { ReadyChromium } from "../chromium.ts";
import type { ServedConsole } from "./serve-console.ts";

/** A window of its own; `who` is signed in there, `null`: nobody. `baseURL`: of another console than the file's first. */
export type OpenWindow = (path: string, who: string | null, options?: BrowserContextOptions) => Promise<Page>;

/** Gives the tests of this file a browser. Its windows are closed after each test. */
export function withWindows(chromium: ReadyChromium, served: () => ServedConsole): OpenWindow {
  let browser: Browser | undefined;
  let open: BrowserContext[] = [];
  beforeAll(async () => {
    browser = await chromium.launch([]);
  });
  afterEach(async () => {
    await Promise.all(open.map((context) => context.close()));
    open = [];
  });
  afterAll(async () => {
    await browser?.close();
    await chromium.remove();
  });
  return async (path, who, options = {}) => {
    if (!browser) throw new Error("the browser runs only while tests do");
    const { baseURL: origin = served().origin } = options;
    const context = await browser.newContext({ locale: "en-GB", ...options, baseURL: origin });
    open.push(context);
    context.setDefaultTimeout(PATIENCE_MS);
    if (who !== null) await context.addCookies([{ name: "who", value: who, url: origin }]);
    const page = await context.newPage();
    await page.goto(path);
    return page;
  };
}
