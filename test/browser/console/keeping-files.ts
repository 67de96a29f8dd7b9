import { expect, it } from "vitest";
import type { OpenWindow } from "./windows.ts";

/** As nasty as a name can be, and as long as the page has to take. */
const NAME = '\u202e"><img src=x onerror=alert(1)>שלום.txt'.padEnd(200, "x");

/** What a person does with files that they keep with us, with scripts and without. */
export function keepingFiles(open: OpenWindow): void {
  it.each([true, false])("uploads a file and shares it by a link (scripts: %s)", async (javaScriptEnabled) => {
    const page = await open("/app/acme/assets", "owner", { javaScriptEnabled });
    const file = { name: NAME, mimeType: "text/plain", buffer: Buffer.alloc(3_000_000, "a line\n") };
    await page.locator("input[type=file]").setInputFiles(file);
    await page.getByRole("button", { name: "Upload as public" }).click();
    await page.getByRole("status").filter({ hasText: "The file is stored" }).waitFor();
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe(NAME.replace("\u202e", "⟨U+202E⟩"));
    await page.getByText("3.00 MB (3,000,000 bytes)").waitFor();
    await page.getByLabel("Good for").selectOption({ label: "7 days" });
    await page.getByRole("button", { name: "Make a private link" }).click();
    const link = page.locator("[data-copy*='/assets/private/']");
    await link.waitFor();
    await page.goto(page.url());
    expect(await link.count()).toBe(0);
    await page.getByText("Delete…").click();
    await page.getByRole("button", { name: "Delete the asset" }).click();
    await page.getByRole("status").filter({ hasText: "The asset is deleted" }).waitFor();
  });
}
