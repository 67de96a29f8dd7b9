export type Tone = "good" | "busy" | "warn" | "bad" | "quiet";

/** A state in a word; its colour says no more than the word. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return <span class={`badge badge-${tone}`}>{children}</span>;
}
