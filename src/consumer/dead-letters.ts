import { giveUp } from "../app/give-up.ts";
import { parseFillMessage } from "../core/fills/fill-message.ts";
import type { Parts } from "./compose.ts";

/** Turns fills that the queue has given up into failed entries, which say why. */
export async function deadLetters(batch: MessageBatch, parts: Parts): Promise<void> {
  await Promise.all(batch.messages.map((message) => buryOne(message, parts)));
}

async function buryOne(message: Message, parts: Parts): Promise<void> {
  const parsed = parseFillMessage(message.body);
  if (!parsed) {
    parts.report("dead letters", new Error("a message was given up that is not of a version that is known here"));
    message.ack();
    return;
  }
  try {
    await giveUp(parsed, parts);
    message.ack();
  } catch (error) {
    parts.report("dead letters", error);
    message.retry();
  }
}
