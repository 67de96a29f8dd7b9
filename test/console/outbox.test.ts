import { describe, expect, it } from "vitest";
import { memoryOutbox } from "../../src/console/mail/outbox.ts";
import { NOW } from "./fakes/api-data.ts";
import { consoleWorld, ORIGIN } from "./fakes/console-world.ts";
import { textOf } from "./reading.ts";

describe("the outbox", () => {
  it("is no page where mails really go out", async () => {
    const { get } = await consoleWorld();
    expect((await get("/outbox", null)).status).toBe(404);
  });

  it("shows mails to whoever runs the local stack, and makes links of ours of their links alone", async () => {
    const outbox = memoryOutbox(() => NOW);
    const { get } = await consoleWorld({ outbox });
    expect(await textOf(await get("/outbox", null))).toContain("Nothing was sent yet.");
    const link = `${ORIGIN}/confirm?token=a&b`;
    const text = `Hello <b>you</b>\n\n${link}\n\nhttps://evil.example/\n`;
    await outbox.send({ to: "anna@example.com", subject: "Confirm <it>", text });
    const html = await textOf(await get("/outbox", null));
    expect(html).toContain("Confirm &lt;it>");
    expect(html).toContain("Hello &lt;b>you&lt;/b>");
    expect(html).toContain(`<a href="${link.replace("&", "&amp;")}">`);
    expect(html).not.toContain('href="https://evil.example');
  });

  it("is named on the pages that send a mail", async () => {
    const { get } = await consoleWorld({ outbox: memoryOutbox(() => NOW) });
    expect(await textOf(await get("/confirm", null))).toContain('href="/outbox"');
    expect(await textOf(await (await consoleWorld()).get("/confirm", null))).not.toContain("/outbox");
  });
});
