import type { ComponentChildren } from "preact";
import { goTo, page } from "../frame/answer.ts";
import type { OperatorCall } from "../frame/call.ts";
import { ConsoleLayout } from "../frame/console-layout.tsx";
import { flashCookie } from "../frame/flash.ts";

type Props = {
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly charts?: boolean;
  readonly status?: number;
  readonly children: ComponentChildren;
};

/** A page for whoever runs the deployment. */
export function operatorPage(call: OperatorCall, { title, status = 200, children, ...rest }: Props): Response {
  return page(
    call,
    <ConsoleLayout call={call} title={title} member={null} {...rest}>
      {children}
    </ConsoleLayout>,
    { status },
  );
}

export function done(call: OperatorCall, path: string, text: string): Response {
  return goTo(call, path, [flashCookie(call.url, { kind: "done", text })]);
}
