import { workerdsOf } from "./workerd.ts";

/** As src/consumer/wrangler.toml names it. */
const CONSUMER = "snapbyte-consumer";

/**
 * Runs the consumer's scheduled handler once. `wrangler dev` opens the door of its first Worker only, so this goes to
 * Miniflare behind it, which finds every Worker by its name.
 */
export async function sweepNow(state: string): Promise<void> {
  for (const port of workerdsOf(state).flatMap(({ ports }) => ports)) {
    const answer = await fetch(`http://127.0.0.1:${port}/cdn-cgi/local/scheduled`, {
      headers: { "MF-Route-Override": CONSUMER },
      signal: AbortSignal.timeout(30_000),
    }).catch(() => null);
    if (answer?.status === 200 && (await answer.text()) === "ok") return;
    await answer?.body?.cancel().catch(() => {});
  }
  throw new Error("the consumer's scheduled handler was not found");
}
