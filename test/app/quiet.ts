import { setImmediate as turn } from "node:timers/promises";
import { isCryptographyUnderWay } from "./cryptography.ts";

/** Until nothing goes on but what waits for the test. */
export async function quiet(): Promise<void> {
  do await turn();
  while (isCryptographyUnderWay());
}
