import { describe, expect, it } from "vitest";
import type { DeploymentHosts } from "../../../src/core/hosts/deployment-hosts.ts";
import { problemOfHost } from "../../../src/core/hosts/host-name.ts";

const OWN: DeploymentHosts = {
  api: new Set(["api.snapbyte.example"]),
  delivery: new Set(["edge.snapbyte.example"]),
  target: "hosts.snapbyte.example",
};

describe("a host name of a tenant's own", () => {
  it.each([
    "files.acme.example",
    "acme.example",
    "a-b.c--d.example",
    "1.acme.example",
    "xn--mnchen-3ya.example",
    `${"a".repeat(63)}.example`,
    "snapbyte.example",
    "notedge.snapbyte.example",
    "edge.snapbyte.example.acme.example",
  ])("may be %s", (host) => {
    expect(problemOfHost(host, OWN, false)).toBeNull();
  });

  it.each([
    ["*.acme.example", /wildcard/],
    ["*", /host name/],
    ["Files.acme.example", /lower case/],
    ["FILES.ACME.EXAMPLE", /lower case/],
    ["", /host name/],
    [".", /host name/],
    ["files.acme.example.", /host name/],
    [".acme.example", /host name/],
    ["files..example", /host name/],
    ["-files.acme.example", /host name/],
    ["files-.acme.example", /host name/],
    ["_files.acme.example", /host name/],
    ["files.acme.example:443", /host name/],
    ["https://files.acme.example", /host name/],
    ["files.acme.example/", /host name/],
    ["user@files.acme.example", /host name/],
    ["files acme.example", /host name/],
    ["files.acme.example\n", /host name/],
    ["münchen.example", /host name/],
    ["%66iles.acme.example", /host name/],
    ["192.0.2.1", /host name/],
    ["127.1", /host name/],
    ["0x7f000001", /host name/],
    ["acme.0x1f", /host name/],
    ["[::1]", /host name/],
    [`${"a".repeat(64)}.example`, /host name/],
    [`${"a.".repeat(124)}example`, /host name/],
  ])("may not be %j, in local development neither", (host, why) => {
    expect(problemOfHost(host, OWN, false)).toMatch(why);
    expect(problemOfHost(host, OWN, true)).toMatch(why);
  });

  it.each(["localhost", "acme", "files.acme.test", "files.internal", "files.local"])(
    "may be the private name %s in local development only",
    (host) => {
      expect(problemOfHost(host, OWN, false)).toMatch(/public/);
      expect(problemOfHost(host, OWN, true)).toBeNull();
    },
  );

  it.each([
    "api.snapbyte.example",
    "edge.snapbyte.example",
    "hosts.snapbyte.example",
    "acme.edge.snapbyte.example",
    "a.b.hosts.snapbyte.example",
  ])("is never one of the deployment's own, or below one: %s", (host) => {
    expect(problemOfHost(host, OWN, false)).toMatch(/own/);
    expect(problemOfHost(host, OWN, true)).toMatch(/own/);
  });
});
