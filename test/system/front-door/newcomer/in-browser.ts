import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { dollars } from "../../../../src/console/format/money.ts";
import { bytes } from "../../../../src/console/format/numbers.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { LOOKS, pictureDirectory, pictureName, wear } from "../../../browser/console/looks.ts";
import { noiseOf } from "../../../browser/console/noise.ts";
import type { OpenPage } from "../../../browser/with-browser.ts";
import { runTool } from "../../delivery/clients/run-tool.ts";
import { PASSWORD } from "../../stack/sign-up.ts";
import { until } from "../../stack/until.ts";

const EMAIL = "bea@example.com";
const SITE = "beas-films";
/** So much that one hit is worth cents. */
const DOLLARS_PER_GB = 2;

/** The way of somebody with a browser as most have it, from nothing to the savings. */
export function inBrowser(stack: () => Stack, open: OpenPage): void {
  it("signs up, allows an origin, downloads twice, and sees a miss, a hit, the bytes and the savings come", async () => {
    const { api, console: address, samples } = stack();
    const page = await open(`${address}/sign-up`);
    const noise = noiseOf(page, address ?? "");
    await signUp(page, address ?? "");
    const command = await newOrganisation(page);
    const key = await newKey(page);
    const sample = samples.at(-1) ?? { url: "", bytes: 0 };
    await allow(page, `${new URL(sample.url).origin}/`);
    await price(page);
    await page.getByRole("link", { name: "Overview" }).click();
    const figures = page.locator("[data-live=figures]");
    await figures.getByText(/^0 hits, 0 misses$/).waitFor();

    await download(command, sample);
    await until("the copy is there", async () => {
      const { entries } = await ask<{ entries: { status: string }[] }>(`${api}/cache`, key);
      return entries[0]?.status === "ready" || null;
    });
    await download(command, sample);
    // Nobody loads the page anew: it does so itself, within 5 s.
    await figures.getByText(/^1 hits?, 1 miss(?:es)?$/).waitFor();
    await figure(figures, "Delivered").getByText(bytes(sample.bytes), { exact: true }).waitFor();
    const saved = figure(figures, "Saved in 30 days");
    await saved.getByText(`of ${dollars(wouldHavePaid(sample.bytes))} without a cache`, { exact: true }).waitFor();
    expect(await saved.locator(".value").innerText()).toMatch(/^−?\$\d+\.\d+$/);
    await page.getByText("Nothing has been downloaded yet").waitFor({ state: "detached" });
    await picture(page);
    expect(noise).toEqual([]);
  });
}

async function signUp(page: Page, address: string): Promise<void> {
  await page.getByLabel("Your name").fill("Bea");
  await page.getByLabel("E-mail").fill(EMAIL);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign up" }).click();
  await page.waitForURL("**/confirm");
  const link = await until("the mail is in the outbox", async () => {
    await page.goto(`${address}/outbox`);
    const mail = page.getByRole("article").filter({ hasText: EMAIL }).getByRole("link");
    return (await mail.count()) > 0 ? mail : null;
  });
  await link.click();
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.waitForURL("**/sign-in?next=*");
  await page.getByLabel("E-mail").fill(EMAIL);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** The command that the first overview tells. */
async function newOrganisation(page: Page): Promise<string> {
  await page.waitForURL("**/app/new");
  await page.getByLabel("Name", { exact: true }).fill("Bea's Films");
  await page.getByLabel("Short name").fill(SITE);
  await page.getByRole("button", { name: "Make it" }).click();
  await page.waitForURL("**/overview");
  const command = (await page.locator("main [data-copy]").first().getAttribute("data-copy")) ?? "";
  expect(command).toContain(`site=${SITE}`);
  return command;
}

async function newKey(page: Page): Promise<string> {
  await page.getByRole("link", { name: "Make an API key" }).click();
  await page.getByLabel("Name", { exact: true }).fill("a look at the files");
  await page.getByLabel("List files and see what is known of them").check();
  await page.getByRole("button", { name: "Make the key" }).click();
  const key = await page.locator(".secret [data-copy]").getAttribute("data-copy");
  expect(key).toMatch(/^snap_key_[\w-]{43}$/);
  return key ?? "";
}

async function allow(page: Page, origin: string): Promise<void> {
  await page.getByRole("link", { name: "Origins and access" }).click();
  await page.getByLabel("Address", { exact: true }).fill(origin);
  await page.getByRole("button", { name: "Allow", exact: true }).click();
  await page.getByRole("status").filter({ hasText: "The origin is allowed" }).waitFor();
}

/** The demo origin is nobody's whose prices are known. */
async function price(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Change the prices of" }).click();
  await page.getByLabel("Price table").selectOption("own");
  await page.getByLabel("Dollars for a GB").fill(String(DOLLARS_PER_GB));
  await page.getByLabel("A GB has").selectOption("decimal");
  await page.getByRole("button", { name: "Set the prices" }).click();
  await page.getByRole("status").filter({ hasText: "prices are set" }).waitFor();
}

/** Nano-dollars that the origin alone would have charged for what was a hit, in whole cents. */
function wouldHavePaid(hitBytes: number): bigint {
  return BigInt(Math.round((hitBytes / 1e9) * DOLLARS_PER_GB * 100)) * 10_000_000n;
}

/** Does what the overview says, in a shell. Until the origin is known everywhere, it is refused. */
async function download(command: string, sample: { readonly url: string; readonly bytes: number }): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "snapbyte-newcomer-"));
  try {
    await until("the file is downloaded", async () => {
      await runTool("sh", ["-c", `cd "$1" && URL="$2" && ${command} --silent`, "sh", directory, sample.url]);
      return (await readFile(join(directory, "file"))).length === sample.bytes || null;
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function ask<Body>(url: string, key: string): Promise<Body> {
  return (await (await fetch(url, { headers: { Authorization: `Bearer ${key}` } })).json()) as Body;
}

/** One of the figures on top of the overview. */
function figure(figures: Locator, label: string): Locator {
  return figures.locator(".figure").filter({ has: figures.page().locator("dt", { hasText: label }) });
}

async function picture(page: Page): Promise<void> {
  for (const { name, viewport, colorScheme } of LOOKS) {
    await wear(page, { viewport, colorScheme });
    const path = join(pictureDirectory(), pictureName("/newcomers-overview", "bea", name));
    await page.screenshot({ path, fullPage: true });
  }
}
