import { afterAll } from "vitest";
import { type OwnOrigin, sendObject, startOwnOrigin } from "../stack/own-origin.ts";

/** An origin that takes requests and answers none of them before it may. */
export type HoldingOrigin = {
  start(): Promise<OwnOrigin>;
  origin(): OwnOrigin;
  /** From now on requests are answered, also those that wait. */
  letGo(): void;
};

/** For the tests of this file; stopped after the last of them. */
export function holdingOrigin(): HoldingOrigin {
  const { promise: mayAnswer, resolve: letGo } = Promise.withResolvers<void>();
  let running: OwnOrigin | undefined;
  afterAll(() => running?.stop());
  return {
    async start() {
      running = await startOwnOrigin((request, response) => {
        mayAnswer.then(() => sendObject(request, response, "held back"));
      });
      return running;
    },
    origin() {
      if (!running) throw new Error("the origin was not started");
      return running;
    },
    letGo,
  };
}
