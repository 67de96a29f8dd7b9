import { attempt } from "../frame/attempt.ts";
import type { TenantCall } from "../frame/call.ts";
import { blank, FormError, type FormState, readForm, required } from "../frame/forms.ts";
import { may, ROLES, type Role } from "../identity.ts";
import { Choose, Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { settle } from "../site/sign-in.tsx";
import { Invitations, MemberTable } from "./member-tables.tsx";
import { at, demand, done, tenantPage } from "./tenant-page.tsx";

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  owner: "owner: everything, the plan and payment too",
  admin: "admin: everything but the plan and payment",
  member: "member: files and links, no settings",
  viewer: "viewer: looks, and changes nothing",
};
const CHOICES = ROLES.map((role) => [role, ROLE_WORDS[role]] as const);

/** `GET …/members`. */
export async function members(call: TenantCall): Promise<Response> {
  return await show(call, blank({ role: "member" }));
}

/** `POST …/members`. */
export async function actOnMembers(call: TenantCall): Promise<Response> {
  const values = await readForm(call.request);
  const { auth } = call.parts;
  const { tenant } = call.member;
  const { form = "", id = "" } = values;
  const result = await attempt(values, async () => {
    demand(call, "members:write");
    if (form === "role") {
      const { cookies } = settle(await auth.changeRole(call.request, { tenant, member: id, role: roleOf(values) }));
      return { cookies, text: "The role is changed." };
    }
    if (form === "remove") {
      const { cookies } = settle(await auth.removeMember(call.request, { tenant, member: id }));
      return { cookies, text: "The member is removed." };
    }
    if (form === "withdraw") {
      const { cookies } = settle(await auth.withdrawInvitation(call.request, { tenant, id }));
      return { cookies, text: "The invitation is withdrawn." };
    }
    const email = required(values, "email", "Type an e-mail address.");
    const { cookies } = settle(await auth.invite(call.request, { tenant, email, role: roleOf(values) }));
    return { cookies, text: `An invitation is on its way to ${email}.` };
  });
  if (!result.ok) return await show(call, result.form, 422);
  return done(call, at(call, "members"), result.value.text, result.value.cookies);
}

function roleOf(values: Readonly<Record<string, string>>): Role {
  const role = ROLES.find((each) => each === values.role);
  if (!role) throw new FormError(null, { role: "Choose one of the list." });
  return role;
}

async function show(call: TenantCall, form: FormState, status = 200): Promise<Response> {
  const { members, invitations } = await call.parts.auth.members(call.request, call.member.tenant);
  const action = at(call, "members");
  const mayChange = may(call.member, "members:write");
  return tenantPage(call, {
    title: "Members",
    status,
    lead: "Who may see and change what is here.",
    children: (
      <>
        <MemberTable call={call} members={members} action={action} mayChange={mayChange} />
        {invitations.length > 0 && (
          <section class="section" aria-labelledby="invited">
            <h2 id="invited">Invited</h2>
            <Invitations call={call} invitations={invitations} action={action} mayChange={mayChange} />
          </section>
        )}
        {mayChange && (
          <section class="panel" aria-labelledby="invite">
            <h2 id="invite">Invite somebody</h2>
            <Form form={form} action={action} name="invite" submit="Invite" inline>
              <Field form={form} name="email" label="E-mail" type="email" required />
              <Choose form={form} name="role" label="Role" choices={CHOICES} />
            </Form>
          </section>
        )}
      </>
    ),
  });
}
