type Body = ReadableStream<Uint8Array<ArrayBuffer>>;

/** What the work comes to, or the reason of the signal when that is first. */
export async function untilAborted<Value>(work: Value | Promise<Value>, signal: AbortSignal): Promise<Value> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** The body until the signal aborts, and that signal's reason after: a byte stream, as those of fetch are. */
export function endedBy(signal: AbortSignal, body: Body): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    type: "bytes",
    async pull(controller) {
      const { value, done } = await untilAborted(reader.read(), signal);
      if (value && value.length > 0) controller.enqueue(value.slice());
      if (!done) return;
      controller.close();
      controller.byobRequest?.respond(0);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** The first `bytes` of the body, and then the error that workerd gives for a lost connection. */
export function cutAfter(bytes: number, body: Body): Body {
  const reader = body.getReader();
  let left = bytes;
  return new ReadableStream({
    async pull(controller) {
      if (left <= 0) {
        await reader.cancel();
        return controller.error(new Error("Network connection lost."));
      }
      const { value, done } = await reader.read();
      if (done) return controller.close();
      controller.enqueue(value.slice(0, left));
      left -= value.length;
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
