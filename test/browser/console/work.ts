import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { PASSWORD } from "../../console/fakes/fake-auth.ts";
import { chartsDrawn } from "./every-page.ts";
import type { ServedConsole } from "./serve-console.ts";
import type { OpenWindow } from "./windows.ts";

const TEN_SECONDS_MS = 10_000;
const NOTHING = { requests: 0, hits: 0, misses: 0, bypasses: { bound: 0 }, delivered_bytes: 0, origin_bytes: 0 };

/** Runs in the page. Whether a canvas holds anything in the green of its series. */
function accentPixels(canvas: Element): boolean {
  const { width, height } = canvas as HTMLCanvasElement;
  const { data = [] } = (canvas as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height) ?? {};
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.slice(at, at + 4);
    if (alpha === 255 && green - red > 60 && green >= blue) return true;
  }
  return false;
}

/** The overview in a window whose clock stands still until a test moves it. */
async function openAtRest(open: OpenWindow): Promise<Page> {
  const page = await open("/app/account", "owner");
  await page.clock.install();
  await page.goto("/app/acme/overview");
  await chartsDrawn(page);
  return page;
}

/** What a person does there, with scripts and without. */
export function work(open: OpenWindow, served: () => ServedConsole): void {
  it.each([true, false])("signs in, makes a key and allows an origin (scripts: %s)", async (javaScriptEnabled) => {
    const page = await open("/app/acme/keys", null, { javaScriptEnabled });
    await page.getByLabel("E-mail").fill("owner@acme.example");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/app/acme/keys");
    await page.getByLabel("Name", { exact: true }).fill("build machine");
    await page.getByLabel("List files and see what is known of them").check();
    await page.getByRole("button", { name: "Make the key" }).click();
    await page.getByText("copy it now").waitFor();
    await page.getByRole("link", { name: "Origins and access" }).click();
    await page.getByLabel("Address", { exact: true }).fill("http://plain.example/");
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByText("This must be an https URL").waitFor();
    expect(await page.getByLabel("Address", { exact: true }).inputValue()).toBe("http://plain.example/");
    await page.getByLabel("Address", { exact: true }).fill(`https://own-${javaScriptEnabled}.example/`);
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByRole("status").filter({ hasText: "The origin is allowed" }).waitFor();
  });

  it("sees new figures within ten seconds of its own clock, without a hand", async () => {
    const { world } = served();
    const page = await openAtRest(open);
    const { hour } = world.api.data.usage;
    const last = hour.at(-1);
    const figures = page.locator("[data-live=figures]");
    expect(await figures.innerText()).not.toContain("162,3");
    if (last) hour[hour.length - 1] = { ...last, requests: last.requests + 123_456 };
    await page.clock.runFor(TEN_SECONDS_MS);
    await figures.getByText("162,382", { exact: true }).waitFor();
    await chartsDrawn(page);
    expect(await page.locator("canvas").count()).toBe(5);
    if (last) hour[hour.length - 1] = last;
  });

  it("sees a copy being made until it is there, and then asks no more", async () => {
    const { entries } = served().world.api.data;
    const place = entries.findIndex(({ key }) => key === "big/backup.img");
    const filling = entries[place];
    if (!filling?.progress) throw new Error("no copy is being made");
    const page = await open("/app/account", "owner");
    await page.clock.install();
    await page.goto("/app/acme/files/big%2Fbackup.img");
    const part = page.locator("[data-live=entry]");
    await part.getByText("400 MB of 1.00 GB, 40.0 %").waitFor();
    entries[place] = { ...filling, progress: { ...filling.progress, bytes: 700e6 } };
    await page.clock.runFor(TEN_SECONDS_MS);
    await part.getByText("700 MB of 1.00 GB, 70.0 %").waitFor();
    entries[place] = { ...filling, status: "ready", size: 1e9, progress: null };
    await page.clock.runFor(TEN_SECONDS_MS);
    await page.locator("[data-live=entry][data-settled]").waitFor();
    await part.getByText("1.00 GB (1,000,000,000 bytes)").waitFor();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.clock.runFor(TEN_SECONDS_MS);
    expect([await page.title(), asked]).toEqual([expect.stringContaining("big/backup.img"), []]);
    entries[place] = filling;
  });

  it.each([true, false])("ticks files and has them made anew (scripts: %s)", async (javaScriptEnabled) => {
    const page = await open("/app/acme/files?q=film", "owner", { javaScriptEnabled });
    await page
      .getByRole("checkbox", { name: /^Choose .*film/ })
      .first()
      .check();
    await page.getByText("Purge those that are ticked").click();
    await page.locator(".chosen-rows").getByLabel("Softly").check();
    await page.getByRole("button", { name: "Purge the files" }).click();
    await page.getByRole("status").filter({ hasText: "2 files will be made anew" }).waitFor();
    expect(await page.getByLabel("Search").inputValue()).toBe("film");
  });

  it("is told when the figures are old", async () => {
    const page = await openAtRest(open);
    await page.context().clearCookies();
    await page.clock.runFor(TEN_SECONDS_MS);
    await page.locator("[data-stale]").waitFor({ state: "visible" });
  });

  it("leaves a table alone that somebody has opened", async () => {
    const page = await openAtRest(open);
    await page.locator("#requests summary").click();
    await page.clock.runFor(TEN_SECONDS_MS);
    expect(await page.locator("#requests-table").isVisible()).toBe(true);
  });

  it("sees the only hour in which something happened in every chart", async () => {
    const { hour } = served().world.api.data.usage;
    const full = hour.splice(0, hour.length);
    hour.push(...full.map((row, at) => (at === 20 ? row : { ...row, ...NOTHING })));
    try {
      const page = await open("/app/acme/overview", "owner");
      await chartsDrawn(page);
      for (const chart of ["requests", "ratio", "bytes"]) {
        expect([chart, await page.locator(`#${chart} canvas`).evaluate(accentPixels)]).toEqual([chart, true]);
      }
    } finally {
      hour.splice(0, hour.length, ...full);
    }
  });

  it("sees the chart's figures without a script, as a table", async () => {
    const page = await open("/app/acme/overview", "owner", { javaScriptEnabled: false });
    await page.locator("#requests summary").click();
    const rows = page.locator("#requests-table tbody tr");
    expect(await rows.count()).toBe(24);
    expect(await rows.first().locator("th").innerText()).toMatch(/^\d\d:00$/);
  });

  it.each([true, false])("calculates what it would save (scripts: %s)", async (javaScriptEnabled) => {
    const page = await open("/calculator", null, { javaScriptEnabled });
    await page.getByLabel("GB downloaded in a month").fill("20000");
    if (!javaScriptEnabled) await page.getByRole("button", { name: "Calculate" }).click();
    await page.locator("#estimate").getByText("$1,240.00").first().waitFor();
    expect(new URL(page.url()).searchParams.get("gb")).toBe("20000");
  });

  it("keeps the colours that it chose, on every page", async () => {
    const page = await open("/", null, { colorScheme: "light" });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.getByRole("button", { name: "Dark", exact: true }).click();
    await page.waitForLoadState();
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.goto("/pricing");
    expect(await ground()).toBe(dark);
    await page.getByRole("button", { name: "Auto" }).click();
    await page.waitForLoadState();
    expect(await ground()).toBe(light);
  });

  it("copies a secret with one button", async () => {
    const page = await open("/", null);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy the two commands" }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("npm run dev");
  });
}
