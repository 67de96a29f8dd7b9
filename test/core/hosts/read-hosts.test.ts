import { describe, expect, it } from "vitest";
import { isOwnHost, isWithin } from "../../../src/core/hosts/deployment-hosts.ts";
import { readDeploymentHosts, readSaas } from "../../../src/core/hosts/read-hosts.ts";

const ZONE = { CF_ZONE_ID: "zone", CF_API_TOKEN: "token" };

describe("the deployment's own hosts", () => {
  it("are unknown where no setting names them", () => {
    for (const raw of [{}, { API_HOSTS: "", DELIVERY_HOSTS: "", CF_SAAS_TARGET: "" }]) {
      expect(readDeploymentHosts(raw)).toEqual({ api: null, delivery: null, target: null });
    }
  });

  it("are those of the settings, in lower case", () => {
    const raw = { API_HOSTS: "API.example.com", DELIVERY_HOSTS: "a.example, b.example", CF_SAAS_TARGET: "To.example" };
    const hosts = readDeploymentHosts(raw);
    expect(hosts).toEqual({
      api: new Set(["api.example.com"]),
      delivery: new Set(["a.example", "b.example"]),
      target: "to.example",
    });
    expect(
      ["api.example.com", "b.example", "to.example", "x.b.example", "example"].map((host) => isOwnHost(host, hosts)),
    ).toEqual([true, true, false, false, false]);
    expect(
      ["api.example.com", "b.example", "to.example", "x.b.example", "xb.example"].map((host) => isWithin(host, hosts)),
    ).toEqual([true, true, true, true, false]);
  });

  it.each([
    [{ API_HOSTS: "https://api.example.com" }, "API_HOSTS"],
    [{ DELIVERY_HOSTS: "a.example,,b.example" }, "DELIVERY_HOSTS"],
    [{ CF_SAAS_TARGET: "a.example,b.example" }, "CF_SAAS_TARGET"],
    [{ CF_SAAS_TARGET: "a b" }, "CF_SAAS_TARGET"],
  ])("that are none are told by the setting's name, never its value: %o", (raw, setting) => {
    const [value] = Object.values(raw);
    const read = () => readDeploymentHosts(raw);
    expect(read).toThrow(expect.objectContaining({ code: "MISCONFIGURED", message: expect.stringContaining(setting) }));
    expect(read).not.toThrow(value);
  });
});

describe("Cloudflare for SaaS", () => {
  it("is there where a zone and the name to point to are", () => {
    const saas = readSaas({ ...ZONE, CF_SAAS_TARGET: "to.example" });
    expect(saas).toEqual({ zoneId: "zone", apiToken: "token", target: "to.example" });
  });

  it("is not there without that name: a zone may be known for its cache alone", () => {
    expect(readSaas(ZONE)).toBeNull();
    expect(readSaas({})).toBeNull();
  });

  it.each([
    [{ CF_SAAS_TARGET: "to.example" }, "CF_ZONE_ID"],
    [{ CF_SAAS_TARGET: "to.example", CF_ZONE_ID: "zone" }, "CF_API_TOKEN"],
  ])("names what it lacks: %o", (raw, setting) => {
    expect(() => readSaas(raw)).toThrow(
      expect.objectContaining({ code: "MISCONFIGURED", message: expect.stringContaining(setting) }),
    );
  });
});
