import { bodyReader } from "../app/read-body.ts";
import type { ManagementCall } from "./management.ts";

/** What Cloudflare takes as a body on its plans Free and Pro: https://developers.cloudflare.com/workers/platform/limits/ */
const MOST_BYTES = 100_000_000;
/** Little, since those who are nobody are read on, too. */
const STEP_BYTES = 2 ** 14;
const MOST_MS = 60_000;

/**
 * Answers when the body has come to its end, wherever the handler has refused it unread: the runtime closes the
 * connection of a request that was answered before, and whoever is still sending sees that, and never the answer. Bodies
 * of more than `most` bytes are not waited for, nor such as stop coming, or take longer than a minute. What a handler
 * has begun to read is its own.
 */
export function readingOn(handle: (call: ManagementCall) => Promise<Response>, most = MOST_BYTES) {
  return async (call: ManagementCall): Promise<Response> => {
    try {
      return await handle(call);
    } finally {
      await readOn(call, most).catch(() => {});
    }
  };
}

async function readOn({ request, parts }: ManagementCall, most: number): Promise<void> {
  const { body, headers } = request;
  if (!body || request.bodyUsed || Number(headers.get("Content-Length") ?? 0) > most) return;
  const reader = bodyReader(body, {
    idleMs: parts.idleMs,
    endsAt: parts.clock.now() + MOST_MS,
    now: () => parts.clock.now(),
  });
  try {
    let buffer = new ArrayBuffer(STEP_BYTES);
    for (let left = most, ended = false; left > 0 && !ended; left -= STEP_BYTES) {
      const read = await reader.fill(new Uint8Array(buffer));
      ended = read.ended || read.view.length < STEP_BYTES;
      buffer = read.view.buffer;
    }
  } finally {
    await reader.cancel();
  }
}
