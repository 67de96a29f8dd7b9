import { expect, it } from "vitest";
import { lookAt } from "./every-page.ts";
import { LOOKS, pictureName } from "./looks.ts";
import type { ServedConsole } from "./serve-console.ts";
import type { OpenWindow } from "./windows.ts";

const TENANTS = ["overview", "files", "assets", "links", "origins", "domains", "usage", "keys", "audit"];
const PAGES = [
  ...TENANTS.map((name) => [`/app/acme/${name}`, "owner"] as const),
  ...["tenants", "dead-letters", "usage"].map((name) => [`/operator/${name}`, "operator"] as const),
];
/** What is left out here every page is looked at in with something in it. */
const TWO_LOOKS = LOOKS.filter(({ name }) => name === "wide-light" || name === "phone-dark");

/** Pages of those for whom nothing has happened yet. */
export function emptyPages(open: OpenWindow, served: () => ServedConsole): void {
  it.each(PAGES)("%s, for %s, says what is not there yet", async (path, who) => {
    const page = await open(path, who, { baseURL: served().origin });
    const lists = page.locator("main :is(.empty, .chart, .figures)");
    expect(await lists.count()).toBeGreaterThan(0);
    for (const chart of await page.locator("main .chart").all()) {
      expect(await chart.locator("[data-chart]").count()).toBe(0);
      expect(await chart.locator("figcaption p").innerText()).toMatch(/\w/);
    }
    await lookAt(page, TWO_LOOKS, (look) => pictureName(`/empty${path}`, who, look));
  });
}
