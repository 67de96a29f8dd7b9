export type AudienceOptions = {
  /** How long after the client has left `deserted` is called, in ms. */
  readonly aloneMs: number;
  readonly deserted: () => void;
  readonly now: () => number;
};

/** The client of a download, as long as it is there. Nothing of this rejects when it leaves. */
export type Audience = {
  hasLeft(): boolean;
  /** For how long the client has not taken what it was sent last, in ms; 0 when it has. */
  waitingMs(): number;
  /** Settles when the client has taken the bytes, which may then be reused, or when it has left: `false`. */
  send(chunk: Uint8Array<ArrayBuffer>): Promise<boolean>;
  /** The download came to its end. */
  end(): Promise<void>;
  /** The download breaks off: the client sees no clean end. */
  abort(reason: unknown): Promise<void>;
  /** From here on nobody cares whether it leaves. */
  forget(): void;
  /** Gives the client back. */
  release(): void;
};

export function audienceOf(client: WritableStream<Uint8Array>, { aloneMs, deserted, now }: AudienceOptions): Audience {
  const writer = client.getWriter();
  let left = false;
  let since: number | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const leave = () => {
    if (left) return;
    left = true;
    timer = setTimeout(deserted, aloneMs);
  };
  const quietly = async (work: Promise<void>) => {
    since = now();
    await work.catch(leave);
    since = null;
  };
  writer.closed.catch(leave);

  return {
    hasLeft: () => left,
    waitingMs: () => (since === null ? 0 : now() - since),
    async send(chunk) {
      if (!left) await quietly(writer.write(chunk));
      return !left;
    },
    async end() {
      if (!left) await quietly(writer.close());
    },
    async abort(reason) {
      if (!left) await quietly(writer.abort(reason));
    },
    forget() {
      left = true;
      if (timer !== null) clearTimeout(timer);
    },
    release: () => writer.releaseLock(),
  };
}
