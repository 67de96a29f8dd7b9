import * as z from "zod";
import { apiClient } from "../api/client.ts";
import type { AskApi } from "../frame/call.ts";
import type { Auth, Membership, Outcome, Person, Refusal } from "../identity.ts";
import { callAuth, cookiesOf } from "./call-auth.ts";
import { peopleOf } from "./members.ts";
import { outcomeOf, refusalOf } from "./outcome.ts";
import type { SessionParts } from "./session.ts";

const made = z.object({ id: z.string() });
const noted = z.object({ status: z.literal("noted") });

const NO_SUCH_INVITATION: Refusal = { ok: false, message: "This invitation is not there any more." };
const IN_ANOTHERS_NAME: Refusal = { ok: false, message: "Stop acting in another's name first." };

export type MembershipParts = SessionParts & {
  readonly askApi: AskApi;
  readonly report: (what: string, error: unknown) => void;
};

type Sessions = Pick<Auth, "who" | "assertion">;
type Memberships = Pick<
  Auth,
  | "createTenant"
  | "members"
  | "invite"
  | "withdrawInvitation"
  | "acceptInvitation"
  | "changeRole"
  | "removeMember"
  | "stopImpersonating"
>;
type Body = Readonly<Record<string, unknown>>;
type Note = { readonly action: string; readonly detail: Readonly<Record<string, string>> };

/** Who belongs to which tenant. What is changed is written into the tenant's audit log, in the person's own name. */
export function memberships(parts: MembershipParts, { who, assertion }: Sessions): Memberships {
  const act = async (request: Request, path: string, body: Body) =>
    await outcomeOf(await callAuth(parts, request, path, body));

  /** The change has been made: that it could not be written down is told to the operators, and undoes nothing. */
  async function note(request: Request, person: Person, member: Membership, { action, detail }: Note): Promise<void> {
    const address = request.headers.get("CF-Connecting-IP");
    const api = apiClient({ ask: parts.askApi, bearer: () => assertion(person, member, address) });
    try {
      await api.send("POST", "/audit", noted, { action, detail });
    } catch (error) {
      parts.report("audit", error);
    }
  }

  async function change(request: Request, tenant: string, path: string, body: Body, what: Note): Promise<Outcome> {
    // Before: whoever takes themselves out has no place afterwards.
    const { person } = await who(request);
    const outcome = await act(request, path, body);
    const member = person?.tenants.find((each) => each.tenant === tenant);
    if (outcome.ok && person && member) await note(request, person, member, what);
    return outcome;
  }

  return {
    async createTenant(request, { name, site }) {
      // It would be the person's, and nothing would say that an operator made it.
      if ((await who(request)).person?.impersonatedBy) return IN_ANOTHERS_NAME;
      const answer = await callAuth(parts, request, "/organization/create", { name, slug: site });
      if (!answer.ok) return await refusalOf(answer);
      return { ok: true, cookies: cookiesOf(answer), tenant: made.parse(await answer.json()).id };
    },

    members: async (_request, tenant) => await peopleOf(parts.database, tenant, parts.now()),

    invite: async (request, { tenant, email, role }) =>
      await change(
        ...([request, tenant, "/organization/invite-member"] as const),
        { organizationId: tenant, email, role },
        { action: "members.invite", detail: { email, role } },
      ),
    async withdrawInvitation(request, { tenant, id }) {
      // By its id alone another tenant's would be withdrawn, where the person may, and be written into this one's log.
      const { invitations } = await peopleOf(parts.database, tenant, parts.now());
      if (!invitations.some((invitation) => invitation.id === id)) return NO_SUCH_INVITATION;
      const what = { action: "members.withdraw", detail: { invitation: id } };
      return await change(request, tenant, "/organization/cancel-invitation", { invitationId: id }, what);
    },
    changeRole: async (request, { tenant, member, role }) =>
      await change(
        ...([request, tenant, "/organization/update-member-role"] as const),
        { organizationId: tenant, memberId: member, role },
        { action: "members.change", detail: { member, role } },
      ),
    removeMember: async (request, { tenant, member }) =>
      await change(
        ...([request, tenant, "/organization/remove-member"] as const),
        { organizationId: tenant, memberIdOrEmail: member },
        { action: "members.remove", detail: { member } },
      ),

    async acceptInvitation(request, { id }) {
      const before = (await who(request)).person;
      const outcome = await act(request, "/organization/accept-invitation", { invitationId: id });
      if (!outcome.ok) return outcome;
      const { person } = await who(request);
      const known = new Set(before?.tenants.map(({ tenant }) => tenant));
      const joined = person?.tenants.find(({ tenant }) => !known.has(tenant));
      if (person && joined) await note(request, person, joined, { action: "members.join", detail: { invitation: id } });
      return outcome;
    },

    stopImpersonating: async (request) => await act(request, "/admin/stop-impersonating", {}),
  };
}
