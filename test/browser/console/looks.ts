import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";

/** The ways in which every page is looked at. */
export const LOOKS = [
  { name: "wide-light", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "wide-dark", viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  { name: "phone-light", viewport: { width: 360, height: 740 }, colorScheme: "light" },
  { name: "phone-dark", viewport: { width: 360, height: 740 }, colorScheme: "dark" },
] as const;
export type Look = (typeof LOOKS)[number];

/** Gives a page that is open another look, and waits until it has it. */
export async function wear(
  page: Page,
  { viewport, colorScheme }: Pick<Look, "viewport" | "colorScheme">,
): Promise<void> {
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
  // Charts are drawn anew before the frame after the next one is.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}

/** Where pictures go: a directory that the environment names, else one beside other temporary files. Never the project. */
export function pictureDirectory(): string {
  const directory = process.env.SNAPBYTE_SCREENSHOTS || join(tmpdir(), "snapbyte-screenshots");
  mkdirSync(directory, { recursive: true });
  return directory;
}

/** The name of a page's picture. */
export function pictureName(path: string, who: string | null, look: string): string {
  const page =
    path
      .replace(/^\/(?:app\/acme\/)?/, "")
      .replace(/\W+/g, "-")
      .replace(/-$/, "") || "home";
  return `${page}--${who ?? "anybody"}--${look}.png`;
}
