const PAUSE_MS = 250;

/** The calculator's answer follows what is typed: the same form, sent behind the page, and its answer put in place. */
export function watchCalculator(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-calculator]");
  if (!form) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running?.abort();
      running = new AbortController();
      void answer(form, running.signal);
    }, PAUSE_MS);
  });
}

async function answer(form: HTMLFormElement, signal: AbortSignal): Promise<void> {
  const url = new URL(form.action);
  url.search = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])).toString();
  try {
    const page = new DOMParser().parseFromString(await (await fetch(url, { signal })).text(), "text/html");
    const fresh = page.querySelector("#estimate");
    const shown = document.querySelector("#estimate");
    if (fresh && shown) shown.replaceChildren(...fresh.childNodes);
    history.replaceState(null, "", url);
  } catch {
    // A newer question is on its way, or the net is gone: the button still works.
  }
}
