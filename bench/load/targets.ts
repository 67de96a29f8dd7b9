import type { Target } from "./ask.ts";

/** What is asked next. Made anew each time where no answer may be remembered. */
export type Next = () => Target;

/** The targets one after the other, and then from the first one again. */
export function inTurn(targets: readonly Target[]): Next {
  let asked = 0;
  return () => {
    const target = targets[asked % targets.length];
    if (!target) throw new Error("there is nothing to ask");
    asked += 1;
    return target;
  };
}
