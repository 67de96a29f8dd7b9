import * as z from "zod";
import type { HostStanding } from "../../app/settings/hosts-network.ts";
import { HOST_STATES } from "../../core/tenant-host.ts";
import type { StoredHost } from "../../ports/tenant-settings.ts";

/** No host name is longer; what is wrong with a shorter one is said in a sentence. */
const MAX_HOST_LENGTH = 1024;

const fields = {
  host: z.string(),
  state: z.enum(HOST_STATES).describe("Only an active host answers."),
  created_at: z.iso.datetime(),
};

const proof = z
  .strictObject({ type: z.enum(["TXT", "CNAME"]), name: z.string(), value: z.string() })
  .describe("A record to publish in the DNS.");

export const hostSummary = z.strictObject(fields).meta({ id: "HostSummary" });

export const hostList = z.strictObject({ hosts: z.array(hostSummary) }).meta({ id: "HostList" });

export const hostBody = z
  .strictObject({
    ...fields,
    proofs: z.array(proof).describe("What its owner has to publish still."),
    problems: z.array(z.string()).describe("What the network says is wrong."),
  })
  .meta({ id: "Host" });

export const newHost = z
  .strictObject({
    host: z.string().max(MAX_HOST_LENGTH).describe("A host name of yours, such as files.example.com."),
  })
  .meta({ id: "NewHost" });

export const hostDeleted = z
  .strictObject({ host: z.string(), status: z.literal("deleted") })
  .meta({ id: "HostDeleted" });

/** A host name as lists show it. */
export function hostToSummary({ host, state, createdAt }: StoredHost): z.infer<typeof hostSummary> {
  return { host, state, created_at: new Date(createdAt).toISOString() };
}

/** A host name with what the network says of it. */
export function hostToBody({ host, proofs, problems }: HostStanding): z.infer<typeof hostBody> {
  return {
    ...hostToSummary(host),
    proofs: proofs.map(({ type, name, value }) => ({ type, name, value })),
    problems: [...problems],
  };
}
