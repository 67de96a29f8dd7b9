import type { Stack } from "../../src/dev/stack.ts";
import type { Door } from "../system/delivery/clients/door.ts";
import { done } from "../system/front-door/settings/settings-calls.ts";
import type { Pages } from "./pages.ts";
import type { OpenPage } from "./with-browser.ts";

/** Who takes part: our stack, a noted way into it, a customer's pages, and the browser. */
export type Site = {
  readonly stack: () => Stack;
  readonly door: () => Door;
  readonly pages: () => Pages;
  readonly open: OpenPage;
};

/** Lets scripts of these pages read copies of the demo tenant's. */
export async function allowPages(stack: Stack, origins: readonly string[]): Promise<void> {
  await done(stack, "PATCH", "/serving", { cors: origins.length === 0 ? null : { origins } });
}
