import { describe, expect, it } from "vitest";
import { memoryOutbox } from "../../../src/console/mail/outbox.ts";
import { sendByHttp } from "../../../src/console/mail/send-by-http.ts";

const PROVIDER = { url: "https://mail.example/emails", token: "token", from: "Snapbyte <mail@example.com>" };
const MAIL = { to: "anna@example.com", subject: "Hello", text: "https://console.example.com/confirm?token=t\n" };

describe("a mail provider", () => {
  it("is told of a mail once, in JSON, under its token", async () => {
    const sent: Request[] = [];
    const send = sendByHttp(PROVIDER, async (url, init) => {
      sent.push(new Request(url as string, init));
      return Response.json({ id: "1" });
    });
    await send(MAIL);
    expect(sent).toHaveLength(1);
    const [request] = sent;
    expect([request?.method, request?.url]).toEqual(["POST", PROVIDER.url]);
    expect(request?.headers.get("Authorization")).toBe("Bearer token");
    expect(await request?.json()).toEqual({ ...MAIL, from: PROVIDER.from, to: [MAIL.to] });
  });

  it.each([400, 401, 429, 500])(
    "that answers %i has not taken it, and no error tells what was in it",
    async (status) => {
      const send = sendByHttp(PROVIDER, async () => new Response("no: token=t", { status }));
      await expect(send(MAIL)).rejects.toThrow(new Error(`the mail provider answered ${status}`));
    },
  );

  it("that cannot be reached has not taken it", async () => {
    const send = sendByHttp(PROVIDER, async () => {
      throw new TypeError("no route");
    });
    await expect(send(MAIL)).rejects.toThrow("no route");
  });
});

describe("an outbox", () => {
  it("keeps mails, the newest first, and the last hundred of them", async () => {
    let now = 0;
    const outbox = memoryOutbox(() => ++now);
    for (let number = 1; number <= 120; number += 1) await outbox.send({ ...MAIL, subject: String(number) });
    expect(outbox.all()).toHaveLength(100);
    expect(outbox.all()[0]).toEqual({ ...MAIL, subject: "120", at: 120 });
    expect(outbox.all().at(-1)?.subject).toBe("21");
  });
});
