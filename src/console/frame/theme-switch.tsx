import type { Call } from "./call.ts";

const CHOICES = [
  ["auto", "Auto", "As the device has it"],
  ["light", "Light", "Light"],
  ["dark", "Dark", "Dark"],
] as const;

/** Light, dark, or as the device has it: three buttons of a form, so that it needs no script. */
export function ThemeSwitch({ call }: { readonly call: Call }) {
  const current = call.theme ?? "auto";
  const back = call.request.method === "GET" ? call.url.pathname + call.url.search : "/";
  return (
    <form class="theme-switch" method="post" action="/theme" aria-label="Colours">
      <input type="hidden" name="back" value={back} />
      {CHOICES.map(([value, label, title]) => (
        <button key={value} type="submit" name="theme" value={value} title={title} aria-pressed={current === value}>
          {label}
        </button>
      ))}
    </form>
  );
}
