import { readFile } from "node:fs/promises";
import type { Download, Page } from "playwright-core";
import { sha256 } from "../system/stack/objects.ts";

/** How a browser took what a link led to. */
export type Opened = {
  readonly sha256: string;
  /** The name under which it was saved; `null`: it was shown. */
  readonly savedAs: string | null;
  /** The fields of the last answer, in lower case. */
  readonly fields: Readonly<Record<string, string>>;
  /** Where it was shown. */
  readonly origin: string;
};

/** Follows a link, as a click on it does, until the file is saved or shown. */
export async function followLink(page: Page, link: string): Promise<Opened> {
  return await opened(page, () => page.evaluate(clickOn, link));
}

/** Puts a link into a frame, where a page of another origin could want to have it shown. */
export async function frameLink(page: Page, link: string): Promise<Opened> {
  return await opened(page, () => page.evaluate(putIntoFrame, link));
}

/** Whether the file is shown as an image of a page. */
export async function showsImage(page: Page, link: string): Promise<boolean> {
  return await page.evaluate(async (src) => {
    const image = new Image();
    image.src = src;
    await image.decode();
    return image.naturalWidth > 0;
  }, link);
}

async function opened(page: Page, act: () => Promise<void>): Promise<Opened> {
  const saves = page.waitForEvent("download");
  const shows = page.waitForEvent("framenavigated", (frame) => frame.url() !== "about:blank");
  // Whichever does not happen ends with the window.
  for (const either of [saves, shows]) either.catch(() => {});
  const answers = page.waitForResponse((response) => response.status() === 200);
  const [answer, event] = await Promise.all([answers, Promise.race([saves, shows]), act()]);
  const fields = answer.headers();
  if ("suggestedFilename" in event) return { ...(await saved(event)), fields, origin: new URL(answer.url()).origin };
  const { bytes, origin } = await event.evaluate(readOneself);
  return { sha256: sha256(Uint8Array.from(bytes)), savedAs: null, fields, origin };
}

async function saved(download: Download): Promise<{ sha256: string; savedAs: string }> {
  return { sha256: sha256(await readFile(await download.path())), savedAs: download.suggestedFilename() };
}

/** Runs in what is shown. */
async function readOneself(): Promise<{ bytes: number[]; origin: string }> {
  const body = await (await fetch(location.href)).arrayBuffer();
  return { bytes: Array.from(new Uint8Array(body)), origin: location.origin };
}

/** Runs in a page. */
function clickOn(link: string): void {
  const anchor = document.createElement("a");
  anchor.href = link;
  document.body.append(anchor);
  anchor.click();
}

/** Runs in a page. */
function putIntoFrame(link: string): void {
  const frame = document.createElement("iframe");
  frame.src = link;
  document.body.append(frame);
}
