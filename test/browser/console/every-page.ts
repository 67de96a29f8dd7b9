import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { OPERATOR_PATHS, PERSON_PATHS, PUBLIC_PATHS, TENANT_PATHS } from "../../console/paths.ts";
import { LOOKS, pictureDirectory, pictureName } from "./looks.ts";
import type { OpenWindow } from "./windows.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const PAGES = [
  ...PUBLIC_PATHS.map((path) => [path, null] as const),
  ...[...PERSON_PATHS, ...TENANT_PATHS].map((path) => [path, "owner"] as const),
  ...OPERATOR_PATHS.map((path) => [path, "operator"] as const),
];
/** What Chromium can make one picture of, in pixels, on a machine with little memory. */
const TALLEST = 5_000;
const WORST = ["serious", "critical"];

type Finding = { readonly id: string; readonly impact: string; readonly nodes: readonly { readonly html: string }[] };

/** Looks at every page in every look, takes its picture, and lets axe-core look, too. */
export function everyPage(open: OpenWindow): void {
  const directory = pictureDirectory();
  it.each(PAGES)("%s, for %s, is whole, fits, and can be read", async (path, who) => {
    const noise: string[] = [];
    for (const look of LOOKS) {
      const page = await open("/sign-in", who, { viewport: look.viewport, colorScheme: look.colorScheme });
      page.on("pageerror", (error) => noise.push(String(error)));
      page.on("console", (message) => message.type() === "error" && noise.push(message.text()));
      await page.goto(path);
      await chartsDrawn(page);
      expect(noise, look.name).toEqual([]);
      expect(await overflowing(page), look.name).toEqual([]);
      const whole = await page.evaluate(() => document.documentElement.scrollHeight);
      const clip = { x: 0, y: 0, width: look.viewport.width, height: Math.min(whole, TALLEST) };
      await page.screenshot({ path: join(directory, pictureName(path, who, look.name)), fullPage: true, clip });
      expect(await findings(page), look.name).toEqual([]);
      await page.context().close();
    }
  });
}

/** Every chart that has figures shows them. */
export async function chartsDrawn(page: Page): Promise<void> {
  for (const place of await page.locator("[data-chart]").all()) await place.locator("canvas").waitFor();
}

/** What sticks out of the page to its right. */
async function overflowing(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.body.querySelectorAll("*")].filter(
      (each) =>
        each.getBoundingClientRect().right > clientWidth + 1 && !each.parentElement?.closest(".table-scroll, pre"),
    );
    return [`${scrollWidth} > ${clientWidth}`, ...wide.slice(0, 5).map((each) => each.outerHTML.slice(0, 120))];
  });
}

/** What axe-core finds serious. It is put in past the page's own policy, as an extension of the browser would be. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Finding[] }> } };
    return (await axe.run({ resultTypes: ["violations"] })).violations;
  });
  return violations
    .filter(({ impact }) => WORST.includes(impact))
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html.slice(0, 160))
          .slice(0, 3)
          .join(" | ")}`,
    );
}
