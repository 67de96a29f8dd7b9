import { describe, expect, it } from "vitest";
import { type DeploymentHosts, parseHostList } from "../../../src/core/hosts/deployment-hosts.ts";
import { type Door, type DoorState, doorState } from "../../../src/core/hosts/door.ts";

const [API, EDGE, BOTH, ELSEWHERE] = ["api.example.com", "edge.example.com", "both.example.com", "else.example.com"];
const given = (api: string[] | null, delivery: string[] | null): DeploymentHosts => ({
  api: api && new Set(api),
  delivery: delivery && new Set(delivery),
  target: null,
});

type Row = readonly [host: string, management: DoorState, delivery: DoorState, health: DoorState];

function holds(hosts: DeploymentHosts, rows: readonly Row[]): void {
  it.each(rows)("on %s: management %s, delivery %s, health %s", (host, management, delivery, health) => {
    const of = (door: Door) => doorState(door, host, hosts);
    expect([of("management"), of("delivery"), of("health")]).toEqual([management, delivery, health]);
  });
}

describe("where both lists are given", () => {
  holds(given([API, BOTH], [EDGE, BOTH]), [
    [API, "open", "closed", "open"],
    [EDGE, "closed", "open", "open"],
    [BOTH, "open", "open", "open"],
    [ELSEWHERE, "unknown", "tenants", "unknown"],
    ["", "unknown", "tenants", "unknown"],
    [`x.${API}`, "unknown", "tenants", "unknown"],
    [`${API}.evil.example`, "unknown", "tenants", "unknown"],
    [API.toUpperCase(), "unknown", "tenants", "unknown"],
  ]);
});

describe("where nothing is given", () => {
  holds(given(null, null), [
    ["127.0.0.1", "nobodys", "open", "open"],
    [ELSEWHERE, "nobodys", "open", "open"],
  ]);
});

describe("where API hosts alone are given", () => {
  holds(given([API], null), [
    [API, "open", "closed", "open"],
    [ELSEWHERE, "unknown", "open", "open"],
  ]);
});

describe("where delivery hosts alone are given", () => {
  holds(given(null, [EDGE]), [
    [EDGE, "open", "open", "open"],
    [ELSEWHERE, "nobodys", "tenants", "open"],
  ]);
});

describe("a delivery host that is given", () => {
  it("is never asked about: whatever is down, it redirects", () => {
    for (const api of [null, [], [API], [EDGE]]) {
      expect(doorState("delivery", EDGE, given(api, [EDGE]))).toBe("open");
      expect(doorState("health", EDGE, given(api, [EDGE]))).toBe("open");
      expect(doorState("management", EDGE, given(api, [EDGE]))).not.toMatch(/nobodys|tenants/);
    }
  });
});

describe("a list of hosts", () => {
  it.each<[string, string[] | null]>([
    ["api.example.com", ["api.example.com"]],
    [" API.example.com ,edge.example.com,api.example.com", ["api.example.com", "edge.example.com"]],
    ["localhost, 127.0.0.1, [::1]", ["localhost", "127.0.0.1", "[::1]"]],
    ["", null],
    ["api.example.com,", null],
    ["api.example.com;edge.example.com", null],
    ["https://api.example.com", null],
    ["api.example.com:8787", null],
    ["*.example.com", null],
    ["api.example.com.", null],
  ])("%j is %j", (text, names) => {
    const parsed = parseHostList(text);
    expect(parsed && [...parsed]).toEqual(names);
  });
});
