/** A plan as the prices page shows it: made of the rules' own table, so that the page and the bill say the same. */
export type PlanOffer = {
  readonly id: string;
  readonly name: string;
  /** US cents a month; `null`: as agreed. */
  readonly priceCents: number | null;
  /** Whether the cache stands aside over a limit; else what is more is charged. */
  readonly hard: boolean;
  /** `null`: none. Bytes are bytes, requests and delivered bytes those of a month. */
  readonly limits: {
    readonly requests: number | null;
    readonly deliveredBytes: number | null;
    readonly storedBytes: number | null;
    readonly maxObjectBytes: number | null;
    readonly keys: number | null;
    readonly domains: number | null;
    readonly members: number | null;
  };
};
