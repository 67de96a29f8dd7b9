import { addCopyButtons } from "./copy.ts";

const CHANGING = "[data-live]:not([data-settled])";
/** What a page shows must be no older than 10 s. */
const EVERY_MS = 5_000;

/**
 * Asks for the page anew while somebody looks at it, and puts in what changes by itself: the parts named by `data-live`,
 * as long as one of them is not `data-settled`. A part in which somebody is at work, by keyboard or with a table open,
 * stays as it is.
 */
export function keepFresh(): void {
  if (!document.querySelector("[data-live]")) return;
  setInterval(() => {
    if (document.visibilityState === "visible" && document.querySelector(CHANGING)) void refresh();
  }, EVERY_MS);
}

async function refresh(): Promise<void> {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  const stale = document.querySelector<HTMLElement>("[data-stale]");
  // Signed out, or not reachable: what is shown is old, and says so.
  if (stale) stale.hidden = response?.ok === true && !response.redirected;
  if (!response?.ok || response.redirected) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  let changed = false;
  for (const part of document.querySelectorAll<HTMLElement>("[data-live]")) {
    const next = fresh.querySelector<HTMLElement>(`[data-live="${part.dataset.live}"]`);
    if (!next || part.contains(document.activeElement) || part.querySelector("details[open]")) continue;
    if (sameText(part, next)) continue;
    part.replaceChildren(...next.childNodes);
    part.toggleAttribute("data-settled", next.hasAttribute("data-settled"));
    addCopyButtons(part);
    changed = true;
  }
  if (changed) document.dispatchEvent(new Event("snapbyte:refreshed"));
}

/** Charts and buttons that scripts have put there say nothing of their own. */
function sameText(shown: HTMLElement, next: HTMLElement): boolean {
  const text = (part: HTMLElement) => {
    const copy = part.cloneNode(true) as HTMLElement;
    for (const added of copy.querySelectorAll("[data-chart] > *, .copy-button")) added.remove();
    return copy.textContent;
  };
  return text(shown) === text(next);
}
