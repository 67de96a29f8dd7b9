/** Some of the messages that a queue was given are not there; the others are. */
export class NotSent<Message> extends Error {
  override readonly name = "NotSent";
  readonly messages: readonly Message[];

  constructor(messages: readonly Message[], cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`the queue did not take ${messages.length} messages: ${why}`, { cause });
    this.messages = messages;
  }
}

/** Those of the messages that are not there after sending them has failed: all of them, unless the error knows better. */
export function unsentOf<Message>(messages: readonly Message[], error: unknown): readonly Message[] {
  return error instanceof NotSent ? error.messages : messages;
}
