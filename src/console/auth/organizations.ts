import { APIError } from "better-auth/api";
import { organization } from "better-auth/plugins/organization";
import type { AuthParts } from "./auth-parts.ts";
import { inviteMail } from "./mails.ts";
import { membersOf, roleIn } from "./places.ts";
import { mayInvite, organizationAccess } from "./roles.ts";

/** Organizations that one person may make. */
const OWN_ORGANIZATIONS = 5;
/** As many members as nobody has. */
const NO_LIMIT = 1_000_000;

/** An organization is a tenant, and has its id; who is what in it, and who is invited. */
export function organizations({ baseUrl, database, sendMail, makeTenant, memberRoom }: AuthParts) {
  return organization({
    ...organizationAccess,
    creatorRole: "owner",
    organizationLimit: OWN_ORGANIZATIONS,
    disableOrganizationDeletion: true,
    requireEmailVerificationOnInvitation: true,
    cancelPendingInvitationsOnReInvite: true,
    membershipLimit: async (_, { id }) => (await memberRoom(id)) ?? NO_LIMIT,
    organizationHooks: {
      // The tenant first: an organization without one would be a page that nothing can be done on.
      beforeCreateOrganization: async ({ organization: { name = "", slug = "" }, user }) => {
        const { id } = await makeTenant({ user: { id: user.id, name: user.name }, name, site: slug });
        return { data: { id } };
      },
      // It stands in links that are out in the world.
      beforeUpdateOrganization: async ({ organization: { slug } }) => {
        if (slug !== undefined) throw new APIError("BAD_REQUEST", { message: "The site never changes." });
      },
      // Who invited may have been removed since, or be less than they were: what they may not do any more, their
      // invitations do not do for them.
      beforeAcceptInvitation: async ({ invitation: { inviterId, role }, organization: { id } }) => {
        const inviter = await roleIn(database, inviterId, id);
        if (inviter !== null && mayInvite(inviter, role)) return;
        throw new APIError("BAD_REQUEST", { code: "INVITATION_NOT_FOUND" });
      },
      beforeCreateInvitation: async ({ organization: { id } }) => {
        const room = await memberRoom(id);
        if (room === null || (await membersOf(database, id, Date.now())) < room) return;
        throw new APIError("FORBIDDEN", { message: `The plan has room for ${room} members and invitations.` });
      },
    },
    sendInvitationEmail: ({ id, email, inviter, organization: { name } }) =>
      sendMail(inviteMail(email, inviter.user.name, name, `${baseUrl}/invitations/${encodeURIComponent(id)}`)),
  });
}
