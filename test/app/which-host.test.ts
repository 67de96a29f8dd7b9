import { describe, expect, it } from "vitest";
import { findTenant } from "../../src/app/find-tenant.ts";
import { admitHost, exceptOwnHosts, hostTenant } from "../../src/app/which-host.ts";
import type { DeploymentHosts } from "../../src/core/hosts/deployment-hosts.ts";
import type { Door } from "../../src/core/hosts/door.ts";
import type { TenantName } from "../../src/core/tenant.ts";
import { ACME, failing, hanging, makeWorld, reported, type World } from "./world.ts";

const [API, EDGE, THEIRS, NOBODYS] = ["api.example.com", "edge.example.com", "cdn.acme.example", "else.example.com"];
const GIVEN: DeploymentHosts = { api: new Set([API]), delivery: new Set([EDGE]), target: null };
const ABSENT: DeploymentHosts = { api: null, delivery: null, target: null };

function world(deploymentHosts: DeploymentHosts): World & { deploymentHosts: DeploymentHosts } {
  return { ...makeWorld(), deploymentHosts };
}

/** As all of ours is down. */
function outage(deploymentHosts: DeploymentHosts) {
  const up = world(deploymentHosts);
  return { ...up, directory: failing(up.directory, "find") };
}

/** What a host answers at a door: `open`, or the code of its error. */
async function at(door: Door, host: string, parts: Parameters<typeof admitHost>[2]): Promise<string> {
  try {
    await admitHost(door, host, parts);
    return "open";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

type Row = readonly [door: Door, host: string, answer: string];

describe("a door", () => {
  it.each<Row>([
    ["delivery", EDGE, "open"],
    ["delivery", THEIRS, "open"],
    ["delivery", API, "NOT_FOUND"],
    ["delivery", NOBODYS, "UNKNOWN_HOST"],
    ["management", API, "open"],
    ["management", EDGE, "NOT_FOUND"],
    ["management", THEIRS, "UNKNOWN_HOST"],
    ["management", NOBODYS, "UNKNOWN_HOST"],
    ["health", API, "open"],
    ["health", EDGE, "open"],
    ["health", THEIRS, "UNKNOWN_HOST"],
    ["health", NOBODYS, "UNKNOWN_HOST"],
  ])("of %s at %s, where the deployment names its hosts: %s", async (door, host, answer) => {
    const { directory, ...parts } = world(GIVEN);
    expect(await at(door, host, { ...parts, directory })).toBe(answer);
    // Only what is no host of the deployment's own is asked about, and only for a download.
    const asked = directory.calls.map(({ value }) => value);
    expect(asked).toEqual(door === "delivery" && (host === THEIRS || host === NOBODYS) ? [host] : []);
  });

  it.each<Row>([
    ["delivery", NOBODYS, "open"],
    ["delivery", THEIRS, "open"],
    ["management", NOBODYS, "open"],
    ["management", THEIRS, "UNKNOWN_HOST"],
    ["health", NOBODYS, "open"],
    ["health", THEIRS, "open"],
  ])("of %s at %s, where the deployment names none: %s", async (door, host, answer) => {
    const { directory, ...parts } = world(ABSENT);
    expect(await at(door, host, { ...parts, directory })).toBe(answer);
    expect(directory.calls).toHaveLength(door === "management" ? 1 : 0);
  });

  it("says nothing of a tenant's host that it would not say of anybody's", async () => {
    for (const hosts of [GIVEN, { ...GIVEN, delivery: null }]) {
      expect(await at("management", THEIRS, world(hosts))).toBe(await at("management", NOBODYS, world(hosts)));
    }
  });

  it.each<Row>([
    ["delivery", EDGE, "open"],
    ["health", EDGE, "open"],
    ["health", API, "open"],
    ["management", API, "open"],
    ["delivery", THEIRS, "UNAVAILABLE"],
    ["delivery", API, "NOT_FOUND"],
    ["management", THEIRS, "UNKNOWN_HOST"],
  ])("of %s at %s in an outage: %s", async (door, host, answer) => {
    expect(await at(door, host, outage(GIVEN))).toBe(answer);
  });

  it("of downloads is open in an outage where no host is named, and that of the API is not", async () => {
    expect(await at("delivery", NOBODYS, outage(ABSENT))).toBe("open");
    expect(await at("health", NOBODYS, outage(ABSENT))).toBe("open");
    expect(await at("management", NOBODYS, outage(ABSENT))).toBe("UNAVAILABLE");
  });

  it("that nobody need be asked about is open at once, not a moment later", () => {
    expect(admitHost("delivery", EDGE, outage(GIVEN))).toBeNull();
    expect(admitHost("delivery", NOBODYS, outage(ABSENT))).toBeNull();
  });
});

describe("the tenant of a host", () => {
  it("is the one whose own it is", async () => {
    for (const hosts of [GIVEN, ABSENT]) {
      expect(await hostTenant(THEIRS, world(hosts))).toEqual(ACME);
      expect(await hostTenant(NOBODYS, world(hosts))).toBeNull();
    }
  });

  it("is nobody on a host of the deployment's, which is not asked about", async () => {
    for (const host of [API, EDGE]) {
      const { directory, ...parts } = world(GIVEN);
      expect(await hostTenant(host, { ...parts, directory })).toBeNull();
      expect(directory.calls).toEqual([]);
    }
  });

  it("is 503 in an outage where it decides, and nobody where hosts are not told apart", async () => {
    const [given, absent] = [outage(GIVEN), outage(ABSENT)];
    await expect(hostTenant(THEIRS, given)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await hostTenant(THEIRS, absent)).toBeNull();
    expect([reported(given), reported(absent)]).toEqual([["tenants"], ["host tenant"]]);
  });

  it("is nobody where hosts are not told apart and nobody answers in time", async () => {
    const up = world(ABSENT);
    const slow = { ...up, directory: hanging(up.directory, "find") };
    expect(await hostTenant(THEIRS, slow)).toBeNull();
    expect(reported(slow)).toEqual(["host tenant"]);
  });
});

describe("a directory that is not asked about the deployment's hosts", () => {
  it("knows everybody else by every name", async () => {
    const { directory } = world(GIVEN);
    const front = exceptOwnHosts(directory, GIVEN);
    const names: TenantName[] = [
      { by: "host", value: THEIRS },
      { by: "site", value: ACME.site },
      { by: "id", value: ACME.id },
    ];
    for (const name of names) expect(await front.find(name)).toEqual(ACME);
    expect(await front.find({ by: "host", value: EDGE })).toBeNull();
    expect(await front.find({ by: "site", value: EDGE })).toBeNull();
    expect(directory.calls).toHaveLength(4);
    await front.forget(names);
    expect(directory.forgotten).toEqual(names);
  });

  it("has them at hand as nobody's, and of all else what the directory has", () => {
    const { directory } = world(GIVEN);
    const front = exceptOwnHosts(
      { ...directory, atHand: ({ by }: TenantName) => (by === "id" ? undefined : ACME) },
      GIVEN,
    );
    expect(front.atHand?.({ by: "host", value: EDGE })).toBeNull();
    expect(front.atHand?.({ by: "site", value: EDGE })).toBe(ACME);
    expect(front.atHand?.({ by: "host", value: THEIRS })).toBe(ACME);
    expect(front.atHand?.({ by: "id", value: ACME.id })).toBeUndefined();
    expect(exceptOwnHosts(directory, GIVEN).atHand?.({ by: "host", value: THEIRS })).toBeUndefined();
  });

  it("lets a redirect go on while hosts cannot be looked up", async () => {
    const { directory, report } = world(GIVEN);
    const sitesOnly = exceptOwnHosts(
      {
        ...directory,
        find: async (name) => {
          if (name.by === "host") throw new Error("down");
          return await directory.find(name);
        },
      },
      GIVEN,
    );
    expect(await findTenant({ host: EDGE, site: null }, ACME.site, sitesOnly, report)).toEqual(ACME);
    const theirs = findTenant({ host: THEIRS, site: null }, ACME.site, sitesOnly, report);
    await expect(theirs).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});
