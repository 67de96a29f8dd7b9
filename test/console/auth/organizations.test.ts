import { describe, expect, it } from "vitest";
import { membersOf, placeAt, placesOf } from "../../../src/console/auth/places.ts";
import { ROLES, type Role } from "../../../src/core/people/roles.ts";
import { browser, linkIn, newAddress, signedIn, usePeopleWorld } from "./people-world.ts";

let room: number | null = null;
const world = usePeopleWorld({ memberRoom: async () => room });

const newSite = () => `site-${crypto.randomUUID().slice(0, 8)}`;
type SignedIn = Awaited<ReturnType<typeof signedIn>>;

async function founded(): Promise<{ owner: SignedIn; tenant: string; site: string }> {
  const owner = await signedIn(world());
  const site = newSite();
  const { status, body } = await owner.call("/organization/create", { name: "Acme, Inc.", slug: site });
  expect(status).toBe(200);
  return { owner, tenant: (body as { id: string }).id, site };
}

const invite = (by: SignedIn, organizationId: string, email: string, role: string) =>
  by.call("/organization/invite-member", { organizationId, email, role });

/** Somebody who was invited into a tenant, and came. */
async function joined(owner: SignedIn, tenant: string, role: Role): Promise<SignedIn> {
  const guest = await signedIn(world(), newAddress(), `a ${role}`);
  const { status, body } = await invite(owner, tenant, guest.email, role);
  expect([status, body.code]).toEqual([200, undefined]);
  const invitationId = decodeURIComponent(new URL(linkIn(world(), guest.email)).pathname.split("/").at(-1) ?? "");
  expect((await guest.call("/organization/accept-invitation", { invitationId })).status).toBe(200);
  return guest;
}

describe("an organization", () => {
  it("is made with its tenant, has its id, and belongs to who made it", async () => {
    const { owner, tenant, site } = await founded();
    expect(world().tenants).toContainEqual({ id: tenant, site });
    expect(await placesOf(world().database, owner.id)).toEqual([{ tenant, name: "Acme, Inc.", site, role: "owner" }]);
    expect(await placeAt(world().database, owner.id, site)).toMatchObject({ tenant });
  });

  it("is nobody else's place", async () => {
    const { site, tenant } = await founded();
    const eve = await signedIn(world());
    expect(await placeAt(world().database, eve.id, site)).toBeNull();
    expect(await placeAt(world().database, eve.id, "nobodys")).toBeNull();
    const seen = await eve.call(`/organization/get-full-organization?organizationId=${tenant}`);
    expect(seen.status).toBeGreaterThanOrEqual(400);
  });

  it("takes no site that is taken, and keeps its own", async () => {
    const { owner, site, tenant } = await founded();
    const again = await owner.call("/organization/create", { name: "Another", slug: site });
    expect(again.status).toBe(400);
    const change = (data: object) => owner.call("/organization/update", { organizationId: tenant, data });
    expect((await change({ slug: newSite() })).status).toBe(400);
    expect((await change({ name: "Acme" })).status).toBe(200);
    expect(await placesOf(world().database, owner.id)).toMatchObject([{ name: "Acme", site }]);
  });

  it("is not deleted from here, by anybody", async () => {
    const { owner, tenant } = await founded();
    const { status } = await owner.call("/organization/delete", { organizationId: tenant });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(await placesOf(world().database, owner.id)).toHaveLength(1);
  });

  it("is one of five that somebody may make", async () => {
    const owner = await signedIn(world());
    const make = () => owner.call("/organization/create", { name: "One more", slug: newSite() });
    for (let number = 0; number < 5; number++) expect((await make()).status).toBe(200);
    expect((await make()).status).toBe(403);
  });
});

describe("members", () => {
  it.each<[Role, boolean]>([
    ["owner", true],
    ["admin", true],
    ["member", false],
    ["viewer", false],
  ])("are invited and removed by an %s: %s", async (role, may) => {
    const { owner, tenant, site } = await founded();
    const actor = role === "owner" ? owner : await joined(owner, tenant, role);
    const other = await joined(owner, tenant, "viewer");
    const refused = (status: number) => (status === 200) === may;
    expect((await invite(actor, tenant, newAddress(), "viewer")).status).toSatisfy(refused);
    const change = { organizationId: tenant, role: "member", memberId: await memberId(owner, tenant, other.id) };
    expect((await actor.call("/organization/update-member-role", change)).status).toSatisfy(refused);
    const remove = { organizationId: tenant, memberIdOrEmail: other.email };
    expect((await actor.call("/organization/remove-member", remove)).status).toSatisfy(refused);
    expect((await placeAt(world().database, other.id, site)) === null).toBe(may);
  });

  it("have the role that they were invited as, in that tenant alone", async () => {
    const { owner, tenant, site } = await founded();
    for (const role of ROLES.filter((each) => each !== "owner")) {
      const guest = await joined(owner, tenant, role);
      expect(await placesOf(world().database, guest.id)).toEqual([{ tenant, name: "Acme, Inc.", site, role }]);
    }
  });

  it("become owners by an owner only", async () => {
    const { owner, tenant } = await founded();
    const admin = await joined(owner, tenant, "admin");
    expect((await invite(admin, tenant, newAddress(), "owner")).status).toBe(403);
    const change = { organizationId: tenant, role: "owner", memberId: await memberId(owner, tenant, admin.id) };
    expect((await admin.call("/organization/update-member-role", change)).status).toBe(403);
    expect((await invite(owner, tenant, newAddress(), "operator")).status).toBe(400);
  });

  it("leave no tenant without an owner", async () => {
    const { owner, tenant } = await founded();
    await joined(owner, tenant, "admin");
    expect((await owner.call("/organization/leave", { organizationId: tenant })).status).toBe(400);
  });

  it("come by an invitation that is theirs alone", async () => {
    const { owner, tenant, site } = await founded();
    const [guest, eve] = [await signedIn(world()), await signedIn(world())];
    await invite(owner, tenant, guest.email, "member");
    const invitationId = new URL(linkIn(world(), guest.email)).pathname.split("/").at(-1);
    expect((await eve.call("/organization/accept-invitation", { invitationId })).status).toBe(403);
    expect((await browser(world()).call("/organization/accept-invitation", { invitationId })).status).toBe(401);
    expect(await placeAt(world().database, eve.id, site)).toBeNull();
  });

  it.each<[string, (owner: SignedIn, tenant: string, admin: SignedIn) => Promise<unknown>, boolean]>([
    ["is still an admin", async () => null, true],
    [
      "was removed",
      async (owner, tenant, { email }) =>
        await owner.call("/organization/remove-member", { organizationId: tenant, memberIdOrEmail: email }),
      false,
    ],
    [
      "is a member by now",
      async (owner, tenant, { id }) => {
        const change = { organizationId: tenant, role: "member", memberId: await memberId(owner, tenant, id) };
        await owner.call("/organization/update-member-role", change);
      },
      false,
    ],
  ])("come by nobody's invitation who may not invite any more: who %s", async (_, change, comes) => {
    const { owner, tenant, site } = await founded();
    const admin = await joined(owner, tenant, "admin");
    const guest = await signedIn(world());
    expect((await invite(admin, tenant, guest.email, "admin")).status).toBe(200);
    await change(owner, tenant, admin);
    const invitationId = new URL(linkIn(world(), guest.email)).pathname.split("/").at(-1);
    const { status, body } = await guest.call("/organization/accept-invitation", { invitationId });
    expect([status, body.code]).toEqual(comes ? [200, undefined] : [400, "INVITATION_NOT_FOUND"]);
    expect((await placeAt(world().database, guest.id, site)) !== null).toBe(comes);
  });

  it("become no owners by an invitation of who is no owner any more", async () => {
    const { owner, tenant, site } = await founded();
    const [second, guest] = [await joined(owner, tenant, "owner"), await signedIn(world())];
    expect((await invite(second, tenant, guest.email, "owner")).status).toBe(200);
    const change = { organizationId: tenant, role: "admin", memberId: await memberId(owner, tenant, second.id) };
    expect((await owner.call("/organization/update-member-role", change)).status).toBe(200);
    const invitationId = new URL(linkIn(world(), guest.email)).pathname.split("/").at(-1);
    expect((await guest.call("/organization/accept-invitation", { invitationId })).status).toBe(400);
    expect(await placeAt(world().database, guest.id, site)).toBeNull();
  });

  it("are as many as the plan has room for", async () => {
    const { owner, tenant } = await founded();
    await joined(owner, tenant, "viewer");
    await invite(owner, tenant, newAddress(), "viewer");
    expect(await membersOf(world().database, tenant, Date.now())).toBe(3);
    room = 2;
    try {
      expect((await invite(owner, tenant, newAddress(), "viewer")).status).toBe(403);
    } finally {
      room = null;
    }
  });
});

async function memberId(owner: SignedIn, tenant: string, userId: string): Promise<string | undefined> {
  const { body } = await owner.call(`/organization/get-full-organization?organizationId=${tenant}`);
  return (body.members as { id: string; userId: string }[]).find((member) => member.userId === userId)?.id;
}
