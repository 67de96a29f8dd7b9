import { describe, expect, it } from "vitest";
import {
  addHost,
  describeHost,
  type HostParts,
  listHosts,
  MAX_HOSTS,
  removeHost,
} from "../../../src/app/settings/hosts.ts";
import { ACME, failing } from "../world.ts";
import { ACTIVE, HOST, hostsAlone, hostsWorld, OPERATOR, TENANT, wish } from "./hosts-world.ts";
import { OTHER } from "./settings-world.ts";

const look = (host: string, world: HostParts) => describeHost(ACME.id, host, world);
const remove = (host: string, world: HostParts) => removeHost(ACME.id, host, TENANT, world);
const byHost = (value: string) => ({ by: "host", value });

describe("a host name that an operator answers for", () => {
  it("is active at once, and the operator's alone to add", async () => {
    const world = hostsAlone();
    const refused = addHost(ACME.id, wish(), world);
    await expect(refused).rejects.toMatchObject({
      code: "OPERATOR_NEEDED",
      message: expect.stringMatching(/operator/),
    });
    const added = await addHost(ACME.id, wish(HOST, OPERATOR), world);
    expect(added).toMatchObject({ host: { host: HOST, state: "active", customHostnameId: null }, proofs: [] });
    expect(await describeHost(ACME.id, HOST, world)).toEqual(added);
  });

  it("is anybody's to add in local development", async () => {
    const local = { ...hostsAlone(), local: true };
    expect(await addHost(ACME.id, wish("files.acme.test"), local)).toMatchObject({ host: { state: "active" } });
  });

  it("stays as it is where a network answers for hosts from then on", async () => {
    const alone = hostsAlone();
    await addHost(ACME.id, wish(HOST, OPERATOR), alone);
    const { hostnames } = hostsWorld();
    const world = { ...alone, hostnames };
    expect(await describeHost(ACME.id, HOST, world)).toMatchObject({ host: { state: "active" }, problems: [] });
    await removeHost(ACME.id, HOST, TENANT, world);
    expect(hostnames.calls).toEqual([]);
  });
});

describe("a host name", () => {
  it("that another tenant has is taken, and not told whose", async () => {
    const world = hostsWorld();
    await addHost(OTHER.id, wish(), world);
    const adding = addHost(ACME.id, wish(), world);
    await expect(adding).rejects.toMatchObject({
      code: "ALREADY_EXISTS",
      message: expect.not.stringMatching(/other|tenant/i),
    });
    expect(world.hostnames.calls).toEqual([`create ${HOST}`]);
    for (const call of [look, remove]) {
      await expect(call(HOST, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    expect(await listHosts(OTHER.id, world)).toHaveLength(1);
  });

  it("that the tenant has is taken, whatever its state", async () => {
    const world = hostsWorld();
    await addHost(ACME.id, wish(), world);
    for (const host of [HOST, "cdn.acme.example"]) {
      await expect(addHost(ACME.id, wish(host), world)).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
    }
  });

  it("drops what was remembered of it when it is added, and when it is removed", async () => {
    const world = hostsWorld();
    await addHost(ACME.id, wish(), world);
    expect(world.directory.forgotten).toContainEqual(byHost(HOST));
    world.directory.forgotten.length = 0;
    expect(await removeHost(ACME.id, HOST.toUpperCase(), TENANT, world)).toBe(HOST);
    // It is none of the tenant's names any more, which are forgotten, too.
    expect(world.directory.forgotten).toContainEqual(byHost(HOST));
    expect(world.directory.forgotten).toContainEqual({ by: "id", value: ACME.id });
    expect(world.hostnames.calls).toEqual([`create ${HOST}`, "delete hostname-1"]);
    await expect(removeHost(ACME.id, HOST, TENANT, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is removed though the forgetting fails, which is reported", async () => {
    const world = hostsWorld();
    await addHost(ACME.id, wish(), world);
    const directory = { forget: () => Promise.reject(new Error("KV is down")) };
    await removeHost(ACME.id, HOST, TENANT, { ...world, directory });
    expect(world.reports.map(({ what }) => what)).toEqual(["forget tenant", "forget host"]);
    expect((await listHosts(ACME.id, world)).map(({ host }) => host)).not.toContain(HOST);
  });

  it("is written down with who added and who removed it, and so is what was taken back", async () => {
    const world = hostsWorld();
    await addHost(ACME.id, wish(HOST, OPERATOR), world);
    await removeHost(ACME.id, HOST, TENANT, world);
    const actions = () => world.audit.records.map(({ actor, action, detail }) => [actor, action, detail]);
    const both = [
      ["operator", "hosts.add", { host: HOST }],
      ["tenant", "hosts.remove", { host: HOST }],
    ];
    expect(actions()).toEqual(both);
    world.hostnames.refused.add(HOST);
    await expect(addHost(ACME.id, wish(), world)).rejects.toThrow();
    expect(actions().slice(2)).toEqual([["tenant", "hosts.add", { host: HOST }], both[1]]);
    await expect(addHost(ACME.id, wish("acme"), world)).rejects.toThrow();
    await expect(remove(HOST, world)).rejects.toThrow();
    expect(actions()).toHaveLength(4);
  });

  it("is refused when there are as many as there may be", async () => {
    const world = hostsWorld();
    const { length } = await listHosts(ACME.id, world);
    for (let index = length; index < MAX_HOSTS; index++) await addHost(ACME.id, wish(`h${index}.acme.example`), world);
    await expect(addHost(ACME.id, wish(), world)).rejects.toMatchObject({ code: "LIMIT_REACHED" });
    expect(await addHost(OTHER.id, wish(), world)).toMatchObject({ host: { host: HOST } });
  });

  it.each([
    "*.acme.example",
    "Files.acme.example",
    "acme",
    "127.0.0.1",
    "x.edge.snapbyte.example",
    "hosts.snapbyte.example",
    "",
  ])("is refused by the name of its field, and nobody is asked: %j", async (host) => {
    const world = hostsWorld();
    const adding = addHost(ACME.id, wish(host), world);
    await expect(adding).rejects.toMatchObject({ code: "INVALID_FIELD", message: expect.stringMatching(/^host /) });
    expect(world.hostnames.calls).toEqual([]);
  });

  it("is refused when the very call came to it: nothing would be managed there any more", async () => {
    const world = {
      ...hostsAlone(),
      local: true,
      deploymentHosts: { api: null, delivery: null, target: null },
    };
    const adding = addHost(ACME.id, { ...wish("localhost"), calledOn: "localhost" }, world);
    await expect(adding).rejects.toMatchObject({ code: "INVALID_FIELD" });
  });

  it.each(["", "\0", "nobody.example", "*.acme.example", "cdn.acme.example."])("of %j is not found", async (host) => {
    const world = hostsWorld();
    for (const call of [look, remove]) {
      await expect(call(host, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });

  it("is 503 while the settings are down, and nothing is asked of the network", async () => {
    const world = hostsWorld();
    const down = { ...world, settings: failing(world.settings) };
    const calls = [
      () => listHosts(ACME.id, down),
      () => addHost(ACME.id, wish(), down),
      () => describeHost(ACME.id, "cdn.acme.example", down),
      () => removeHost(ACME.id, "cdn.acme.example", TENANT, down),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(world.hostnames.calls).toEqual([]);
  });

  it("is not found when it was removed while the network was asked", async () => {
    const world = hostsWorld();
    await addHost(ACME.id, wish(), world);
    world.hostnames.change(HOST, ACTIVE);
    const removing = {
      ...world.hostnames,
      find: async (id: string) => {
        await world.settings.removeHost(ACME.id, HOST);
        return await world.hostnames.find(id);
      },
    };
    const looking = describeHost(ACME.id, HOST, { ...world, hostnames: removing });
    await expect(looking).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
