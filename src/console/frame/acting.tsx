import type { ComponentChildren } from "preact";
import type { Membership } from "../identity.ts";
import type { Call } from "./call.ts";
import { readCookie } from "./cookies.ts";
import { ENTERED, isTenantId } from "./guards.ts";

/** On every page, as long as it is so: reminds somebody who acts for others that they do, and lets them stop. */
export function Acting({ call, member }: { readonly call: Call; readonly member: Membership | null }) {
  const tenant = entered(call, member);
  const { person } = call;
  return (
    <>
      {tenant !== null && (
        <Reminder action="/operator/leave" submit="Leave">
          You look after <strong>{tenant}</strong> as an operator: each change is written into its audit log with your
          name.
        </Reminder>
      )}
      {person && person.impersonatedBy !== null && (
        <Reminder action="/impersonation/stop" submit="Stop">
          You act in the name of <strong>{person.user.email}</strong>: each change is written down with yours.
        </Reminder>
      )}
    </>
  );
}

/** The tenant that an operator has entered and not left, whatever page they look at; `null`: none. */
function entered({ person, request }: Call, member: Membership | null): string | null {
  if (member?.role === "operator") return member.tenant;
  const tenant = person?.operator ? readCookie(request, ENTERED) : null;
  return tenant !== null && isTenantId(tenant) ? tenant : null;
}

type Props = { readonly action: string; readonly submit: string; readonly children: ComponentChildren };

function Reminder({ action, submit, children }: Props) {
  return (
    <form method="post" action={action} class="notice notice-warn actions">
      <p>{children}</p>
      <button type="submit" class="quiet small">
        {submit}
      </button>
    </form>
  );
}
