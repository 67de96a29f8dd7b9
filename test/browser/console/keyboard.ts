import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { OpenWindow } from "./windows.ts";

const PHONE = { viewport: { width: 360, height: 740 } };

/** What has the focus, as a person would name it. */
async function focused(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    const label = (element as HTMLInputElement | null)?.labels?.[0]?.textContent;
    return (label ?? element?.getAttribute("aria-label") ?? element?.textContent ?? "").trim();
  });
}

/** Whether who looks can see what has the focus. */
async function isVisible(page: Page): Promise<boolean> {
  return await page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const shown = element.classList.contains("menu-toggle") ? (element.nextElementSibling as HTMLElement) : element;
    const { width, height, right, bottom } = shown.getBoundingClientRect();
    const { outlineStyle, outlineWidth } = getComputedStyle(shown);
    return width > 0 && height > 0 && right > 0 && bottom > 0 && outlineStyle !== "none" && outlineWidth !== "0px";
  });
}

/** Runs in the page. Where in it the focus is; `null`: on the page as a whole. */
function placeOfFocus(): number | null {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body
    ? null
    : [...document.querySelectorAll("*")].indexOf(activeElement);
}

/** Walks pages with nothing but keys. */
export function keyboard(open: OpenWindow): void {
  it("begins with a way past the navigation, which leads to the content", async () => {
    const page = await open("/app/acme/files", "owner");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Skip to the content");
    expect(await isVisible(page)).toBe(true);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Preload");
  });

  it.each(["/", "/sign-in", "/calculator", "/app/acme/files", "/app/acme/keys", "/operator/tenants/globex"])(
    "reaches everything on %s in the order of the page, and always shows where it is",
    async (path) => {
      const page = await open(path, path.startsWith("/app") || path.startsWith("/operator") ? "operator" : null);
      const reachable = await page.evaluate(
        () =>
          [
            ...document.querySelectorAll<HTMLElement>(
              "a[href], button, input:not([type=hidden]), select, textarea, summary",
            ),
          ].filter((element) => element.checkVisibility() && !element.closest("details:not([open]) > :not(summary)"))
            .length,
      );
      const seen: number[] = [];
      for (let step = 0; step < reachable + 12; step += 1) {
        await page.keyboard.press("Tab");
        const place = await page.evaluate(placeOfFocus);
        // The end of the page: the browser's own buttons come next.
        if (place === null || place === seen[0]) break;
        expect(await isVisible(page), await focused(page)).toBe(true);
        seen.push(place);
      }
      expect(seen).toEqual([...seen].sort((one, other) => one - other));
      expect(seen.length).toBeGreaterThanOrEqual(reachable);
    },
  );

  it("opens the navigation of a phone, and goes where it leads", async () => {
    const page = await open("/app/acme/overview", "owner", PHONE);
    const link = page.getByRole("link", { name: "Audit log" });
    expect(await link.isVisible()).toBe(false);
    await page.getByRole("checkbox", { name: "Show the navigation" }).focus();
    expect(await isVisible(page)).toBe(true);
    await page.keyboard.press("Space");
    await link.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/audit");
  });

  it("takes something away only after a second word", async () => {
    const page = await open("/app/acme/keys", "owner");
    await page.getByText("Revoke…").first().focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Revoke");
    await page.keyboard.press("Enter");
    await page.getByRole("status").filter({ hasText: "The key is revoked" }).waitFor();
  });
}
