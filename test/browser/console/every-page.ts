import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { OPERATOR_PATHS, PERSON_PATHS, PUBLIC_PATHS, TENANT_PATHS } from "../../console/paths.ts";
import { LOOKS, type Look, pictureDirectory, pictureName, wear } from "./looks.ts";
import { noiseOf } from "./noise.ts";
import type { ServedConsole } from "./serve-console.ts";
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
/** Of all that a first visit fetches, header fields included; pages as they are, for here nobody compresses them. */
const MOST_BYTES = 100_000;

type Finding = { readonly id: string; readonly impact: string; readonly nodes: readonly { readonly html: string }[] };

/** Looks at every page in every look, takes its picture, lets axe-core look, too, and counts what a first visit fetches. */
export function everyPage(open: OpenWindow, served: () => ServedConsole): void {
  it.each(PAGES)("%s, for %s, is whole, small, fits, and can be read", async (path, who) => {
    const { origin, sent } = served();
    const page = await open("about:blank", who, LOOKS[0]);
    sent.clear();
    const noise = noiseOf(page, origin);
    await page.goto(path);
    await chartsDrawn(page);
    await page.waitForLoadState("load");
    const total = [...sent.values()].reduce((sum, bytes) => sum + bytes, 0);
    expect(total, JSON.stringify(Object.fromEntries(sent))).toBeLessThan(MOST_BYTES);
    await lookAt(page, LOOKS, (look) => pictureName(path, who, look));
    expect(noise).toEqual([]);
  });

  it("a second page fetches nothing but itself", async () => {
    const { sent } = served();
    const page = await open("/app/acme/overview", "owner");
    await chartsDrawn(page);
    sent.clear();
    await page.goto("/operator/usage");
    await page.goto("/app/acme/usage");
    await page.waitForLoadState("load");
    expect([...sent.keys()].filter((path) => path.startsWith("/assets/"))).toEqual([]);
  });
}

/** Looks at a page that is open: it fits, nothing of it is hard to read, and its picture is taken. */
export async function lookAt(page: Page, looks: readonly Look[], nameOf: (look: string) => string): Promise<void> {
  await page.evaluate(AXE);
  for (const look of looks) {
    await wear(page, look);
    expect(await overflowing(page), look.name).toEqual([]);
    const whole = await page.evaluate(() => document.documentElement.scrollHeight);
    const clip = { x: 0, y: 0, width: look.viewport.width, height: Math.min(whole, TALLEST) };
    await page.screenshot({ path: join(pictureDirectory(), nameOf(look.name)), fullPage: true, clip });
    expect(await findings(page), look.name).toEqual([]);
  }
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

/** What axe-core finds serious. It was put in past the page's own policy, as an extension of the browser would be. */
async function findings(page: Page): Promise<string[]> {
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
