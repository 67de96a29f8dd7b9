import { setImmediate as turn } from "node:timers/promises";
import { vi } from "vitest";
import { wrapped } from "./world.ts";

/** Web crypto that is under way: what waits for it will go on by itself. */
let computing = 0;

/** From here on {@link quiet} knows of Web crypto; undo it with `vi.unstubAllGlobals`. */
export function watchCrypto(): void {
  const subtle = wrapped(crypto.subtle, async (_, call) => {
    computing += 1;
    return await call().finally(() => {
      computing -= 1;
    });
  });
  vi.stubGlobal("crypto", { subtle });
}

/** Until nothing goes on but what waits for the test. */
export async function quiet(): Promise<void> {
  do await turn();
  while (computing > 0);
}
