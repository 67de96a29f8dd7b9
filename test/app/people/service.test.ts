import { describe, expect, it } from "vitest";
import { admitFounder, admitOperator, admitService } from "../../../src/app/people/admit-operator.ts";
import { auditBy, type IdentifyParts, identify } from "../../../src/app/people/identify.ts";
import { managed } from "../../../src/app/people/managed.ts";
import { SCOPES } from "../../../src/core/people/scopes.ts";
import { NOON } from "../../core/samples.ts";
import { fakeRateLimit } from "../../fakes/rate-limit.ts";
import { asserted, bearer, keyedWorld, OPERATOR_KEY } from "../keyed-world.ts";
import { ACME } from "../world.ts";

const AT_NOON = { clock: { now: () => NOON } };
const CONSOLE = { user: { id: "console", name: "the console" }, tenant: null, role: "service", address: null } as const;
const SERVICE = asserted(CONSOLE, AT_NOON);
const ROLES = ["owner", "admin", "member", "viewer"] as const;
const PEOPLE = ROLES.map((role) => asserted({ role, tenant: ACME.id }, AT_NOON));

describe("the console in nobody's name", () => {
  it("may do nothing of any tenant's", async () => {
    const world = await keyedWorld();
    for (const scope of SCOPES) {
      const asked = managed(SERVICE, { host: "edge.example.com", site: null, address: null }, scope, world);
      await expect(asked).rejects.toMatchObject({ code: "UNKNOWN_TENANT" });
    }
    const named = asserted({ role: "service", tenant: ACME.id }, AT_NOON);
    const asked = managed(named, { host: "edge.example.com", site: null, address: null }, "usage:read", world);
    await expect(asked).rejects.toMatchObject({ code: "INSUFFICIENT_SCOPE" });
  });

  it("makes no tenants, and is no operator but where that is said", async () => {
    const world = await keyedWorld();
    await expect(admitFounder(SERVICE, null, world)).rejects.toMatchObject({ code: "INSUFFICIENT_SCOPE" });
    await expect(admitOperator(SERVICE, null, world)).rejects.toMatchObject({ code: "INSUFFICIENT_SCOPE" });
    expect(await admitOperator(SERVICE, null, world, { orService: true })).toMatchObject({ isService: true });
  });

  it("is nobody else: no person, no operator, no key", async () => {
    const world = await keyedWorld();
    expect(await admitService(SERVICE, null, world)).toMatchObject({ isService: true, isOperator: false, scopes: [] });
    for (const who of [...PEOPLE, asserted({ role: "operator", tenant: null }, AT_NOON), bearer(OPERATOR_KEY)]) {
      await expect(admitService(who, null, world)).rejects.toMatchObject({ code: "INSUFFICIENT_SCOPE" });
      const orService = { orService: true };
      if (PEOPLE.includes(who)) await expect(admitOperator(who, null, world, orService)).rejects.toThrow();
    }
    await expect(admitService(null, null, world)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  it("tells as often as something happens, where people are counted", async () => {
    const world: IdentifyParts = { ...(await keyedWorld()), callerLimit: fakeRateLimit(0) };
    expect(await identify(SERVICE, null, world)).toMatchObject({ isService: true });
    await expect(identify(PEOPLE[0] ?? null, null, world)).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  });

  it("is nobody in the audit log: what it changes was told by whoever takes the money", async () => {
    const identity = await identify(SERVICE, "192.0.2.1", await keyedWorld());
    expect(auditBy(identity, "r1")).toEqual({ actor: "schedule", address: null, requestId: "r1" });
  });
});
