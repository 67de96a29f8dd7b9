import { createHash } from "node:crypto";
import { type IncomingMessage, request } from "node:http";
import type { Stack } from "../../../../src/dev/stack.ts";
import { ask, type ProxyInit, proxyUrl } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import type { PacedObject } from "./paced-origin.ts";

/**
 * Publishes objects and asks for each once, until one of them passes through: on a busy machine a look-up may miss its
 * time budget, and then a download is sent to its origin as it should. That changes nothing of the others. What was asked
 * for in vain is gone at once: its fill would keep the machine busy.
 */
export async function passed(
  stack: Stack,
  publish: () => PacedObject,
  { extra, ...init }: ProxyInit = {},
): Promise<{ readonly object: PacedObject; readonly response: Response }> {
  return await until("a download passes through", async () => {
    const object = publish();
    const response = await ask(proxyUrl(stack, object.url, extra), init);
    if (response.status !== 302) return { object, response };
    await response.body?.cancel();
    object.drop();
    return null;
  });
}

/** A download whose bytes come only as they are asked for. */
export type SlowDownload = {
  readonly response: IncomingMessage;
  /** Reads so many bytes at least, and no more than lie there. */
  take(bytes: number): Promise<number>;
  /** Reads to the end. */
  rest(): Promise<{ bytes: number; sha256: string }>;
  /** Leaves without a word. */
  leave(): void;
};

export async function slowDownload(
  stack: Stack,
  publish: () => PacedObject,
): Promise<{ object: PacedObject; download: SlowDownload }> {
  return await until("a download passes through", async () => {
    const object = publish();
    const response = await open(proxyUrl(stack, object.url));
    if (response.statusCode === 200) return { object, download: slowly(response) };
    response.destroy();
    object.drop();
    return null;
  });
}

async function open(url: string): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => {
    request(url, { headers: { "accept-encoding": "identity" }, agent: false }, resolve)
      .on("error", reject)
      .end();
  });
}

function slowly(response: IncomingMessage): SlowDownload {
  const hash = createHash("sha256");
  let bytes = 0;
  response.on("error", () => {});
  const read = async (most: number): Promise<boolean> => {
    while (bytes < most) {
      const chunk: Buffer | null = response.read();
      if (chunk) {
        hash.update(chunk);
        bytes += chunk.length;
        continue;
      }
      if (response.readableEnded) return true;
      if (response.destroyed) throw new Error(`the download broke off after ${bytes} bytes`);
      await new Promise<void>((resolve) => {
        const done = () => {
          for (const name of ["readable", "end", "close"]) response.off(name, done);
          resolve();
        };
        for (const name of ["readable", "end", "close"]) response.on(name, done);
      });
    }
    return false;
  };
  return {
    response,
    async take(more) {
      await read(bytes + more);
      return bytes;
    },
    async rest() {
      await read(Number.POSITIVE_INFINITY);
      if (!response.complete) throw new Error(`the download broke off after ${bytes} bytes`);
      return { bytes, sha256: hash.digest("hex") };
    },
    leave: () => response.destroy(),
  };
}
