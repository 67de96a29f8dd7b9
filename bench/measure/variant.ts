import type { Target } from "../load/ask.ts";

/** One way to ask that is measured. */
export type Variant = {
  readonly name: string;
  /** The variant that its cost is compared with; its own name for one that others are compared with. */
  readonly base: string;
  /** Asked in turn, so that nothing is measured that remembers one of them. */
  readonly targets: readonly Target[];
};
