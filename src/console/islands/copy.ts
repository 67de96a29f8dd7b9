const SAID_MS = 2_000;

/** Gives everything that is to be carried elsewhere a button that does it. */
export function addCopyButtons(within: ParentNode): void {
  for (const place of within.querySelectorAll<HTMLElement>("[data-copy]")) {
    if (place.querySelector("button")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy ${place.dataset.copyLabel ?? ""}`);
    button.addEventListener("click", () => copy(place.dataset.copy ?? "", place, button));
    place.append(button);
  }
}

async function copy(text: string, place: HTMLElement, button: HTMLButtonElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    // No leave to do so: at least it is selected.
    const code = place.querySelector("code");
    if (code) getSelection()?.selectAllChildren(code);
    button.textContent = "Selected";
  }
  setTimeout(() => {
    button.textContent = "Copy";
  }, SAID_MS);
}
