import type { SendMail } from "../auth/mails.ts";

/** Who sends mails for us: a JSON call, as Resend and others have it. https://resend.com/docs/api-reference/emails */
export type MailProvider = { readonly url: string; readonly token: string; readonly from: string };

/** A provider that takes longer than this, in ms, is given up: the person asks for another mail. */
const PATIENCE_MS = 10_000;

/** Hands a mail over, once. Rejects with the status when it is not taken; its text is in no error, for links open accounts. */
export function sendByHttp({ url, token, from }: MailProvider, send: typeof fetch = (...of) => fetch(...of)): SendMail {
  return async ({ to, subject, text }) => {
    const response = await send(url, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ from, to: [to], subject, text }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the mail provider answered ${response.status}`);
  };
}
