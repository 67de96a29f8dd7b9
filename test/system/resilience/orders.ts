/** Bindings of the api Worker that can be broken. */
export type Part = "kv" | "gate" | "queue" | "store";
/** `fail`: every call rejects; `hang`: none ever settles. */
export type Fault = "fail" | "hang";

/** What a test tells the faulty api Worker; what is left out is well. */
export type Orders = {
  readonly faults: Readonly<Partial<Record<Part, Fault>>>;
  /** How far the Worker's clock runs ahead. */
  readonly clockAheadMs?: number;
  /** Lose all that the isolate remembers, as a new one in the same place. */
  readonly forget?: boolean;
};
