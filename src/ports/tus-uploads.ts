import type { UploadChunk, UploadName } from "../core/uploads/upload-session.ts";

/** Bytes behind the last whole part, which the store keeps as an object of their own until they become one. */
export type TusTail = { readonly key: string; readonly bytes: number };

/** What the protocol needs of a session beside what is known of every one. */
export type TusState = {
  /** As the client sent it; empty: nothing. */
  readonly metadata: string;
  /** As the client sent it; `null`: it is no part of another, nor made of such. */
  readonly concat: string | null;
  /** Bytes that are there: whole parts, and the tail. */
  readonly offset: number;
  /** Whole parts. */
  readonly parts: number;
  readonly tail: TusTail | null;
};

/** Who writes, and until when nobody else may, in ms since the epoch, unless that is said anew. */
export type TusWriter = { readonly id: string; readonly until: number };

/**
 * Uploads whose bytes come in their order, by one writer at a time. Every method is one step; `now` in ms since the epoch.
 * A writer that is not heard of until its time is over has lost its place to whoever comes next.
 */
export type TusUploads = {
  /** Adds to a session that was begun. */
  begin(name: UploadName, said: Pick<TusState, "metadata" | "concat">): Promise<void>;
  find(name: UploadName): Promise<TusState | null>;
  /** The id of a complete upload that was made of others by these very words, of whoever asks; `null`: there is none. */
  findMade(whose: Pick<UploadName, "tenant" | "token">, concat: string): Promise<string | null>;
  /** Takes the place of the writer, where nobody has it. `false`: somebody has. */
  claim(name: UploadName, writer: TusWriter, now: number): Promise<boolean>;
  /** The writer goes on. `false`: the place is another's. */
  renew(name: UploadName, writer: TusWriter): Promise<boolean>;
  /**
   * Notes parts that the store has, and the tail behind them. `false`: the place is another's, or the session has ended, and
   * nothing was noted.
   */
  keep(
    name: UploadName,
    writer: TusWriter,
    came: { readonly chunks: readonly UploadChunk[]; readonly tail: TusTail | null },
    now: number,
  ): Promise<boolean>;
  /** Gives the place back. That of another is left alone. */
  release(name: UploadName, writerId: string): Promise<void>;
};
