import { createAccessControl } from "better-auth/plugins/access";
import { adminAc, defaultStatements as operatorStatements } from "better-auth/plugins/admin/access";
import { defaultStatements } from "better-auth/plugins/organization/access";
import { ROLE_SCOPES, ROLES, type Role } from "../../core/people/roles.ts";
import { holds } from "../../core/people/scopes.ts";

const members = createAccessControl(defaultStatements);

const MANAGES = {
  member: ["create", "update", "delete"],
  invitation: ["create", "cancel"],
} as const;

/** What a role may do with people, by the table of roles: who may write members manages them; an owner has the rest. */
function memberRole(role: Role) {
  const manages = holds(ROLE_SCOPES[role], "members:write");
  // The tenant lives on at the API: an organization is not deleted from here.
  const organization: "update"[] = role === "owner" || role === "admin" ? ["update"] : [];
  return members.newRole({
    organization,
    member: manages ? [...MANAGES.member] : [],
    invitation: manages ? [...MANAGES.invitation] : [],
  });
}

/** Whether a member of this role may make somebody a member of that one: owners are made by owners. */
export function mayInvite(role: Role, invited: string): boolean {
  return holds(ROLE_SCOPES[role], "members:write") && (role === "owner" || !invited.split(",").includes("owner"));
}

export const organizationAccess = {
  ac: members,
  roles: Object.fromEntries(ROLES.map((role) => [role, memberRole(role)])) as Record<
    Role,
    ReturnType<typeof memberRole>
  >,
};

const operators = createAccessControl(operatorStatements);

/** Operators look after people; a password is nobody's but its owner's. */
export const operatorAccess = {
  ac: operators,
  roles: {
    operator: operators.newRole({
      user: adminAc.statements.user.filter(
        (what) => what !== "set-password" && what !== "set-email" && what !== "create",
      ),
      session: [...adminAc.statements.session],
    }),
    user: operators.newRole({ user: [], session: [] }),
  },
};
