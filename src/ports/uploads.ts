import type {
  UploadChunk,
  UploadName,
  UploadPlan,
  UploadResult,
  UploadSession,
} from "../core/uploads/upload-session.ts";

/** How a session ends. */
export type UploadEnd =
  | { readonly status: "completed"; readonly result: UploadResult }
  | { readonly status: "cancelled" | "expired" };

/**
 * Sessions of uploads and the chunks that the store has of them. Every method is one step that happens as a whole or not
 * at all; `now` in ms since the epoch. What is noted of a session that is not there, or of another tenant, changes nothing.
 */
export type Uploads = {
  /** Begins a session. `false`: there is one of this id, or a file at this path, and nothing was begun. */
  begin(plan: UploadPlan): Promise<boolean>;
  find(name: UploadName): Promise<UploadSession | null>;
  /**
   * The session as somebody finds it who is about to send a chunk. If that chunk is there already, it is in doubt from
   * here on: the store may soon have other bytes in its place than those that are noted, should the sender die in between.
   */
  findForChunk(name: UploadName, index: number): Promise<UploadSession | null>;
  /**
   * Notes a chunk that the store has; whoever notes the same one last wins, and it is in doubt when it was noted before.
   * The session is in progress then. `false`: it has ended.
   */
  keepChunk(name: UploadName, chunk: UploadChunk, now: number): Promise<boolean>;
  /** The chunks that are noted, in their order. */
  chunks(name: UploadName): Promise<readonly UploadChunk[]>;
  /** Forgets the chunks that are in doubt, of a session that has not ended, and returns their indices in order. */
  forgetDoubtful(name: UploadName): Promise<readonly number[]>;
  /** Forgets all chunks of a session that has not ended. */
  forgetAll(name: UploadName): Promise<void>;
  /** Ends a session that nothing has ended yet, and no other: the only step by which one ends. `false`: it had ended. */
  end(name: UploadName, end: UploadEnd, now: number): Promise<boolean>;
  /** Notes what a completed one has become. */
  noteAsset(name: UploadName, assetId: string): Promise<void>;
  /** Up to `limit` sessions whose time was over by `now` and that nothing has ended. */
  overdue(now: number, limit: number): Promise<readonly UploadSession[]>;
  /** Up to `limit` cancelled and expired ones that ended before this moment, and of which the store may still have bytes. */
  littered(before: number, limit: number): Promise<readonly UploadSession[]>;
  /** The store has nothing of these any more. */
  noteCleared(names: readonly UploadName[]): Promise<void>;
  /** Forgets cancelled and expired ones that ended before this moment and were cleared; how many. */
  dropEnded(before: number): Promise<number>;
};
