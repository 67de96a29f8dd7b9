import type { Call } from "./call.ts";

/** What was just done. */
export function FlashLine({ call }: { readonly call: Call }) {
  if (!call.flash) return null;
  const { kind, text } = call.flash;
  return (
    <p class={`notice notice-${kind === "done" ? "good" : "bad"}`} role={kind === "done" ? "status" : "alert"}>
      {text}
    </p>
  );
}
