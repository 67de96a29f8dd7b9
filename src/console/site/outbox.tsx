import { page } from "../frame/answer.ts";
import type { Call } from "../frame/call.ts";
import { NoSuchPage } from "../frame/no-such-page.ts";
import { SiteLayout } from "../frame/site-layout.tsx";
import { Empty } from "../parts/empty.tsx";
import { When } from "../parts/when.tsx";

/** `GET /outbox`: mails that were not sent. In local development alone; elsewhere there is no such page. */
export async function outbox(call: Call): Promise<Response> {
  const { outbox } = call.parts;
  if (!outbox) throw new NoSuchPage();
  const mails = outbox.all();
  return page(
    call,
    <SiteLayout call={call} title="Outbox" narrow>
      <h1>Outbox</h1>
      <p class="lead">Mails of this local stack, the newest first. They go nowhere else.</p>
      {mails.length === 0 && <Empty title="Nothing was sent yet." />}
      {mails.map(({ to, subject, text, at }) => (
        <article class="panel mail" key={`${at} ${to}`}>
          <h2>{subject}</h2>
          <p class="muted">
            To {to}, <When at={new Date(at).toISOString()} now={call.now} />
          </p>
          {text
            .trim()
            .split("\n\n")
            .map((part) => (
              <p key={part}>{part.startsWith(new URL(call.url).origin) ? <a href={part}>{part}</a> : part}</p>
            ))}
        </article>
      ))}
    </SiteLayout>,
    { headers: { "Cache-Control": "no-store" } },
  );
}
