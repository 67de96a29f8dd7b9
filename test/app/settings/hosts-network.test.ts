import { describe, expect, it } from "vitest";
import { addHost, describeHost, listHosts, removeHost } from "../../../src/app/settings/hosts.ts";
import { ACME } from "../world.ts";
import { ACTIVE, HOST, hostsWorld, OPERATOR, TENANT, unreachable, wish } from "./hosts-world.ts";

const byHost = (value: string) => ({ by: "host", value });

describe("a host name that a network answers for", () => {
  it("is pending when it is added, and its owner is told what to publish", async () => {
    const world = hostsWorld();
    const added = await addHost(ACME.id, wish(), world);
    expect(added).toMatchObject({ host: { host: HOST, state: "pending" }, problems: [] });
    expect(added.proofs).toEqual([{ type: "TXT", name: `_proof.${HOST}`, value: expect.any(String) }]);
    expect((await listHosts(ACME.id, world)).at(-1)).toEqual(added.host);
    expect(world.hostnames.calls).toEqual([`create ${HOST}`]);
  });

  it("becomes active when the network says so of host and certificate, and stays so while that is renewed", async () => {
    const world = hostsWorld();
    await addHost(ACME.id, wish(), world);
    const steps = [
      [{}, "pending"],
      [{ ownership: "active" }, "pending"],
      [{ certificate: "active", proofs: [] }, "active"],
      [{ certificate: "pending", problems: ["CAA"] }, "active"],
      [{ ownership: "failed" }, "failed"],
      [ACTIVE, "active"],
    ] as const;
    for (const [changes, state] of steps) {
      world.hostnames.change(HOST, changes);
      const described = await describeHost(ACME.id, HOST, world);
      expect(described).toMatchObject({
        host: { host: HOST, state },
        ...("problems" in changes && { problems: changes.problems }),
      });
      expect((await listHosts(ACME.id, world)).at(-1)).toMatchObject({ state });
    }
  });

  it("is written down once for each change, and then forgotten elsewhere", async () => {
    const world = hostsWorld();
    await addHost(ACME.id, wish(), world);
    world.hostnames.change(HOST, ACTIVE);
    world.directory.forgotten.length = 0;
    await describeHost(ACME.id, HOST, world);
    expect(world.directory.forgotten).toContainEqual(byHost(HOST));
    expect(world.directory.forgotten).toContainEqual({ by: "id", value: ACME.id });
    world.directory.forgotten.length = 0;
    await describeHost(ACME.id, HOST, world);
    await listHosts(ACME.id, world);
    expect(world.directory.forgotten).toEqual([]);
  });

  it("is added for nobody while the network cannot be reached, and by the same call later", async () => {
    const world = hostsWorld();
    const before = await listHosts(ACME.id, world);
    const down = { ...world, hostnames: unreachable(world.hostnames) };
    await expect(addHost(ACME.id, wish(), down)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await listHosts(ACME.id, world)).toEqual(before);
    expect(world.reports.map(({ what }) => what)).toEqual(["custom hostnames"]);
    expect(await addHost(ACME.id, wish(), world)).toMatchObject({ host: { state: "pending" } });
  });

  it("that the network never takes is refused by the name of its field, and not kept", async () => {
    const world = hostsWorld();
    const before = await listHosts(ACME.id, world);
    world.hostnames.refused.add(HOST);
    const adding = addHost(ACME.id, wish(), world);
    await expect(adding).rejects.toMatchObject({ code: "INVALID_FIELD", message: expect.stringMatching(/^host /) });
    expect(await listHosts(ACME.id, world)).toEqual(before);
  });

  it("is made at the network by a look at it, when that was cut off at its addition", async () => {
    const world = hostsWorld();
    await world.settings.addHost(ACME.id, { host: HOST, state: "pending", customHostnameId: null }, 9);
    const described = await describeHost(ACME.id, HOST, world);
    expect(described).toMatchObject({ host: { state: "pending", customHostnameId: "hostname-1" } });
    expect(described.proofs).toHaveLength(1);
    await describeHost(ACME.id, HOST, world);
    expect(world.hostnames.calls).toEqual([`create ${HOST}`, "find hostname-1"]);
  });

  it("fails when the network has given it up, and says what helps", async () => {
    const world = hostsWorld();
    const { host } = await addHost(ACME.id, wish(), world);
    world.hostnames.change(HOST, ACTIVE);
    await describeHost(ACME.id, HOST, world);
    await world.hostnames.delete(host.customHostnameId ?? "");
    const described = await describeHost(ACME.id, HOST, world);
    expect(described).toMatchObject({ host: { state: "failed" }, problems: [expect.stringContaining("add it again")] });
    await removeHost(ACME.id, HOST, TENANT, world);
    expect(await addHost(ACME.id, wish(), world)).toMatchObject({ host: { state: "pending" } });
  });

  it("is pending for an operator, too: nobody's word takes the place of its owner's", async () => {
    const world = hostsWorld();
    expect(await addHost(ACME.id, wish(HOST, OPERATOR), world)).toMatchObject({ host: { state: "pending" } });
  });

  it("keeps its state while the network cannot be reached", async () => {
    const world = hostsWorld();
    await addHost(ACME.id, wish(), world);
    world.hostnames.change(HOST, ACTIVE);
    await describeHost(ACME.id, HOST, world);
    const down = { ...world, hostnames: unreachable(world.hostnames) };
    await expect(describeHost(ACME.id, HOST, down)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(removeHost(ACME.id, HOST, TENANT, down)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect((await listHosts(ACME.id, down)).at(-1)).toMatchObject({ host: HOST, state: "active" });
  });
});
