import type { ComponentChildren } from "preact";
import { page } from "../frame/answer.ts";
import type { Call } from "../frame/call.ts";
import { SiteLayout } from "../frame/site-layout.tsx";

type Props = {
  readonly title: string;
  readonly lead?: string;
  readonly status?: number;
  readonly children: ComponentChildren;
};

/** A page about getting in: a heading and one form. Where mail stays in a local outbox, it says where. */
export function accountPage(call: Call, { title, lead, status = 200, children }: Props): Response {
  const { outbox } = call.parts;
  return page(
    call,
    <SiteLayout call={call} title={title} narrow>
      <h1>{title}</h1>
      {lead && <p class="lead">{lead}</p>}
      {children}
      {outbox && (
        <p class="muted">
          This is a local stack: its mail is in the <a href="/outbox">outbox</a>.
        </p>
      )}
    </SiteLayout>,
    { status, headers: { "Cache-Control": "no-store" } },
  );
}
