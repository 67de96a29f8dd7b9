import type { Mail, SendMail } from "../auth/mails.ts";

/** Mails that are kept. */
const KEPT = 100;

export type SentMail = Mail & { /** ms since the epoch. */ readonly at: number };

export type Outbox = {
  readonly send: SendMail;
  /** The newest first. */
  all(): readonly SentMail[];
};

/** Where mails stay in local development: in memory, until the Worker ends. */
export function memoryOutbox(now: () => number): Outbox {
  const mails: SentMail[] = [];
  return {
    async send(mail) {
      mails.unshift({ ...mail, at: now() });
      mails.length = Math.min(mails.length, KEPT);
    },
    all: () => mails,
  };
}
