import type { Next } from "../load/targets.ts";

/** One way to ask that is measured. */
export type Variant = {
  readonly name: string;
  /** The variant that its cost is compared with; its own name for one that others are compared with. */
  readonly base: string;
  /** The process whose CPU is counted. */
  readonly pid: number;
  readonly next: Next;
  /** Requests of each round before those that are counted, where it takes more than a tenth for what is warm to be warm. */
  readonly leadIn?: number;
  /** Settles once what the requests set off behind their answers is done: that is part of what they cost. */
  readonly settled?: () => Promise<void>;
};
