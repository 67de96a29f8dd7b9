import { and, asc, count, eq, gt } from "drizzle-orm";
import type { Role } from "../../core/people/roles.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { PeopleDatabase } from "./database.ts";
import { type Place, roleOf } from "./person.ts";
import { invitation, member, organization } from "./schema.ts";

/** The tenants in which a person has a place, by name. */
export async function placesOf(database: PeopleDatabase, userId: string): Promise<readonly Place[]> {
  const rows = await database
    .select({ id: organization.id, name: organization.name, slug: organization.slug, role: member.role })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(member.userId, userId))
    .orderBy(asc(organization.name), asc(organization.id));
  return rows.flatMap(({ id, name, slug, role: text }) => {
    const role = roleOf(text);
    return role === null ? [] : [{ tenant: id as TenantId, name, site: slug, role }];
  });
}

/** A person's place in a tenant, by its site; `null`: none, or there is no such tenant: told alike. */
export async function placeAt(database: PeopleDatabase, userId: string, site: string): Promise<Place | null> {
  return (await placesOf(database, userId)).find((place) => place.site === site) ?? null;
}

/** What a person is in a tenant; `null`: nothing, or no more. */
export async function roleIn(database: PeopleDatabase, userId: string, tenant: string): Promise<Role | null> {
  const [row] = await database
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.userId, userId), eq(member.organizationId, tenant)));
  return row ? roleOf(row.role) : null;
}

/** People of a tenant, and those who are invited: what its plan has room for. */
export async function membersOf(database: PeopleDatabase, tenant: string, now: number): Promise<number> {
  const pending = and(eq(invitation.status, "pending"), gt(invitation.expiresAt, new Date(now)));
  const [members, invitations] = await database.batch([
    database.select({ count: count() }).from(member).where(eq(member.organizationId, tenant)),
    database
      .select({ count: count() })
      .from(invitation)
      .where(and(eq(invitation.organizationId, tenant), pending)),
  ]);
  return (members[0]?.count ?? 0) + (invitations[0]?.count ?? 0);
}
