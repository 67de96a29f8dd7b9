import type { ComponentChildren } from "preact";
import type { Scope } from "../../core/people/scopes.ts";
import { ApiProblem, INSUFFICIENT_SCOPE } from "../api/client.ts";
import { goTo, page } from "../frame/answer.ts";
import type { TenantCall } from "../frame/call.ts";
import { ConsoleLayout } from "../frame/console-layout.tsx";
import { flashCookie } from "../frame/flash.ts";
import { may } from "../identity.ts";

type Props = {
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly action?: ComponentChildren;
  readonly charts?: boolean;
  readonly status?: number;
  readonly children: ComponentChildren;
};

/** A page of a tenant. */
export function tenantPage(call: TenantCall, { title, status = 200, children, ...rest }: Props): Response {
  return page(
    call,
    <ConsoleLayout call={call} title={title} member={call.member} {...rest}>
      {children}
    </ConsoleLayout>,
    { status },
  );
}

/** The address of a page of this tenant. */
export function at(call: Pick<TenantCall, "member">, ...names: readonly string[]): string {
  return ["/app", call.member.tenant, ...names].map((name, i) => (i === 0 ? name : encodeURIComponent(name))).join("/");
}

/** Back to a page of the tenant's, with a word on what was done. */
export function done(call: TenantCall, path: string, text: string, cookies: readonly string[] = []): Response {
  return goTo(call, path, [...cookies, flashCookie(call.url, { kind: "done", text })]);
}

/** Throws 403 when the role does not allow what a form asks for: the API would say the same. */
export function demand({ member }: TenantCall, scope: Scope): void {
  if (may(member, scope)) return;
  const { role } = member;
  const todo = `As ${/^[ao]/.test(role) ? "an" : "a"} ${role} you may not do this: it takes ${scope}. Ask an owner or an admin.`;
  throw new ApiProblem(403, INSUFFICIENT_SCOPE, todo);
}
