/** A wish for one of a few places: fills of one tenant, or connections to one origin. */
export type SlotWish = {
  /** What is shared, such as `tenant:acme` or `origin:https://files.example.com`. */
  readonly name: string;
  /** Who wants it; the same holder asking again keeps its place and stays alive. */
  readonly holder: string;
  /** Places that there are. */
  readonly limit: number;
  /** When the holder's work is worth nothing any more, ms since the epoch; `null`: never. Nearest goes first. */
  readonly deadline: number | null;
};

/** Shares a few places among many, so that a flood of one tenant's fills starves nobody and no origin is run over. */
export type FillSlots = {
  /** `null`: the place is the holder's, for a minute unless it asks again. Else: ms after which to ask again. */
  take(wish: SlotWish): Promise<number | null>;
  giveBack(name: string, holder: string): Promise<void>;
  /** The origin asked for peace: nobody new gets a place for so many ms. Those who have one keep it. */
  backOff(name: string, ms: number): Promise<void>;
};
