import type { AuditBy } from "../../../src/core/audit.ts";
import type { DeploymentHosts } from "../../../src/core/hosts/deployment-hosts.ts";
import { fakeAuditLog } from "../../fakes/audit-log.ts";
import { type FakeCustomHostnames, fakeCustomHostnames } from "../../fakes/custom-hostnames.ts";
import { settingsWorld } from "./settings-world.ts";

export const HOST = "files.acme.example";

const OWN: DeploymentHosts = {
  api: new Set(["api.snapbyte.example"]),
  delivery: new Set(["edge.snapbyte.example"]),
  target: "hosts.snapbyte.example",
};

export const TENANT: AuditBy = { actor: "tenant", address: "192.0.2.1", requestId: "request-1" };
export const OPERATOR: AuditBy = { ...TENANT, actor: "operator" };

/** What the network says when nothing is missing. */
export const ACTIVE = { ownership: "active", certificate: "active", proofs: [], problems: [] } as const;

/** A tenant's wish for a host. */
export function wish(host = HOST, by = TENANT) {
  return { host, calledOn: "api.snapbyte.example", by };
}

/** A deployment with a network that answers for tenants' hosts. */
export function hostsWorld() {
  return { ...settingsWorld(), deploymentHosts: OWN, hostnames: fakeCustomHostnames(), audit: fakeAuditLog() };
}

/** The same, and the operator answers for hosts. */
export function hostsAlone() {
  return { ...hostsWorld(), hostnames: null };
}

/** A network that cannot be reached. */
export function unreachable(hostnames: FakeCustomHostnames): FakeCustomHostnames {
  const fail = () => Promise.reject(new Error("Cloudflare answered 500"));
  return { ...hostnames, create: fail, find: fail, delete: fail };
}
