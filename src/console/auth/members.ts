import { and, asc, eq, gt } from "drizzle-orm";
import type { Invitation, Member } from "../identity.ts";
import type { PeopleDatabase } from "./database.ts";
import { roleOf } from "./person.ts";
import { invitation, member, user } from "./schema.ts";

/** The people of a tenant, and those who are invited, the oldest first: whoever asks is known to belong there. */
export async function peopleOf(
  database: PeopleDatabase,
  tenant: string,
  now: number,
): Promise<{ readonly members: readonly Member[]; readonly invitations: readonly Invitation[] }> {
  const { id, email, role, expiresAt } = invitation;
  const pending = and(eq(invitation.status, "pending"), gt(expiresAt, new Date(now)));
  const [members, invitations] = await database.batch([
    database
      .select({ id: member.id, email: user.email, name: user.name, role: member.role, since: member.createdAt })
      .from(member)
      .innerJoin(user, eq(user.id, member.userId))
      .where(eq(member.organizationId, tenant))
      .orderBy(asc(member.createdAt), asc(member.id)),
    database
      .select({ id, email, role, expiresAt })
      .from(invitation)
      .where(and(eq(invitation.organizationId, tenant), pending))
      .orderBy(asc(invitation.createdAt), asc(id)),
  ]);
  return {
    members: members.map(({ role, since, ...one }) => {
      return { ...one, role: roleOf(role) ?? "viewer", since: since.toISOString() };
    }),
    invitations: invitations.map(({ role, expiresAt, ...one }) => {
      return { ...one, role: roleOf(role ?? "") ?? "viewer", expires: expiresAt.toISOString() };
    }),
  };
}
