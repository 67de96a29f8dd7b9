import { describe, expect, it } from "vitest";
import { changeAccess, describeAccess } from "../../../src/app/settings/access.ts";
import type { AccessSettings } from "../../../src/ports/tenant-settings.ts";
import { tenantId } from "../../core/samples.ts";
import { ACME } from "../world.ts";
import { OTHER, settingsDown, settingsWorld } from "./settings-world.ts";

const AT_HOME = { address: "203.0.113.7", isOperator: false };
const AS_OPERATOR = { address: "198.51.100.1", isOperator: true };

describe("how a tenant is let in", () => {
  it("is told, and changed in what is named only", async () => {
    const world = settingsWorld();
    const before = { access: "probe", delivery: "edge", clientNetworks: [], managementNetworks: [] };
    expect(await describeAccess(ACME.id, world)).toEqual(before);
    const steps: Partial<AccessSettings>[] = [
      { access: "verify" },
      { delivery: "presigned" },
      { clientNetworks: ["198.51.100.0/24"] },
      { managementNetworks: ["203.0.113.0/24"] },
      {},
      { clientNetworks: [], managementNetworks: [], access: "signed" },
    ];
    let expected: AccessSettings = before as AccessSettings;
    for (const changes of steps) {
      expected = { ...expected, ...changes };
      expect(await changeAccess(ACME.id, changes, AT_HOME, world)).toEqual(expected);
      expect(await describeAccess(ACME.id, world)).toEqual(expected);
    }
  });

  it("is the tenant's own", async () => {
    const world = settingsWorld();
    await changeAccess(ACME.id, { access: "public", clientNetworks: ["10.0.0.0/8"] }, AT_HOME, world);
    expect(await describeAccess(OTHER.id, world)).toMatchObject({ access: "probe", clientNetworks: [] });
  });

  it("of a tenant that is gone is not found", async () => {
    const world = settingsWorld();
    await expect(describeAccess(tenantId("gone"), world)).rejects.toMatchObject({ code: "UNKNOWN_TENANT" });
    const changed = changeAccess(tenantId("gone"), { access: "public" }, AT_HOME, world);
    await expect(changed).rejects.toMatchObject({ code: "UNKNOWN_TENANT" });
  });

  it("is 503 while the settings are down", async () => {
    const down = settingsDown(settingsWorld());
    await expect(describeAccess(ACME.id, down)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(changeAccess(ACME.id, {}, AT_HOME, down)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});

describe("networks", () => {
  it.each([
    [["203.0.113.7"], ["203.0.113.7/32"]],
    [["10.0.0.0/8", "10.0.0.0/8"], ["10.0.0.0/8"]],
    [["2001:DB8:0:0::/32", "2001:db8::/32"], ["2001:db8::/32"]],
    [["::1"], ["::1/128"]],
    [["::ffff:192.0.2.0/120"], ["192.0.2.0/24"]],
    [
      ["0.0.0.0/0", "::/0"],
      ["0.0.0.0/0", "::/0"],
    ],
  ])("%j are kept in one spelling each", async (clientNetworks, kept) => {
    expect(await changeAccess(ACME.id, { clientNetworks }, AT_HOME, settingsWorld())).toMatchObject({
      clientNetworks: kept,
    });
  });

  it.each([
    "",
    "everybody",
    "203.0.113.7/33",
    "203.0.113.7/24",
    "203.0.113/24",
    "203.0.113.7 ",
    "2001:db8::/129",
    "fe80::1%eth0",
  ])("are refused by name when one is no block of addresses: %j", async (network) => {
    const world = settingsWorld();
    for (const [changes, field] of [
      [{ clientNetworks: ["10.0.0.0/8", network] }, "client_networks.1"],
      [{ managementNetworks: [network] }, "management_networks.0"],
    ] as const) {
      const changed = changeAccess(ACME.id, changes, AT_HOME, world);
      await expect(changed).rejects.toMatchObject({ code: "INVALID_FIELD", message: expect.stringContaining(field) });
    }
    expect(await describeAccess(ACME.id, world)).toMatchObject({ clientNetworks: [], managementNetworks: [] });
  });
});

describe("management networks", () => {
  const ELSEWHERE = { managementNetworks: ["198.51.100.0/24", "2001:db8::/32"] };

  it.each<[string, string | null]>([
    ["another address", "203.0.113.7"],
    ["another address of IPv6", "2001:db9::1"],
    ["nobody knows where", null],
    ["what is no address", "localhost"],
  ])("never shut out the caller who names them from %s", async (_, address) => {
    const world = settingsWorld();
    const changed = changeAccess(ACME.id, { ...ELSEWHERE, access: "public" }, { ...AT_HOME, address }, world);
    await expect(changed).rejects.toMatchObject({
      code: "INVALID_FIELD",
      message: expect.stringMatching(/^management_networks /),
    });
    expect(await describeAccess(ACME.id, world)).toMatchObject({ access: "probe", managementNetworks: [] });
    expect(world.directory.forgotten).toEqual([]);
  });

  it.each(["198.51.100.200", "2001:db8:1::1", "::ffff:198.51.100.200"])(
    "may be named from inside of them: %s",
    async (address) => {
      const changed = await changeAccess(ACME.id, ELSEWHERE, { ...AT_HOME, address }, settingsWorld());
      expect(changed).toMatchObject(ELSEWHERE);
    },
  );

  it("may be lifted from everywhere", async () => {
    const world = settingsWorld();
    await changeAccess(ACME.id, { managementNetworks: ["203.0.113.0/24"] }, AT_HOME, world);
    const changed = changeAccess(ACME.id, { managementNetworks: [] }, { ...AT_HOME, address: null }, world);
    expect(await changed).toMatchObject({ managementNetworks: [] });
  });

  it("say nothing of client networks, which may leave the caller out", async () => {
    const changes = { clientNetworks: ["198.51.100.0/24"] };
    expect(await changeAccess(ACME.id, changes, AT_HOME, settingsWorld())).toMatchObject(changes);
  });

  it("may be anything that an operator names, who comes in from everywhere", async () => {
    const changes = { managementNetworks: ["192.0.2.0/24"] };
    expect(await changeAccess(ACME.id, changes, AS_OPERATOR, settingsWorld())).toMatchObject(changes);
  });
});
