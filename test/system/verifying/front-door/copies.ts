import type { Stack } from "../../../../src/dev/stack.ts";
import { untilReady } from "../../stack/entries.ts";
import { manage } from "../../stack/requests.ts";

/** Has copies made of what the links name, and waits for them. All of these links name one of few objects. */
export async function makeCopies(stack: Stack, urls: readonly string[]): Promise<void> {
  const items = urls.map((url) => ({ url }));
  const response = await manage(stack, "/preload", { body: { items } });
  if (response.status !== 202) throw new Error(`/preload answered ${response.status}: ${await response.text()}`);
  const wanted = (await response.json()) as { items: { key: string }[] };
  const keys = new Set(wanted.items.map(({ key }) => key));
  await Promise.all([...keys].map((key) => untilReady(stack, key)));
}
