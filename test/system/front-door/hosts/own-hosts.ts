import { expect, it } from "vitest";
import { hostBody, hostDeleted, hostList } from "../../../../src/api/schemas/hosts.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { publish } from "../../stack/objects.ts";
import { until } from "../../stack/until.ts";
import { asOther, call, done, refusal } from "../settings/settings-calls.ts";
import { onHost } from "./on-host.ts";

const HOST = "files.demo.test";

/** Host names of tenants' own, from their addition to their end. `edge`: a host of the deployment's for downloads. */
export function ownHosts(stack: () => Stack, edge: string): void {
  const link = (url: string, more = "") => `/proxy?url=${encodeURIComponent(url)}${more}`;

  /** The path of our link to a copy, once there is one. */
  async function hit(host: string, path: string): Promise<URL> {
    return await until(`${host} has a hit`, async () => {
      const { headers } = await onHost(stack(), host, path);
      return headers["cache-status"] === "snapbyte; hit" ? new URL(String(headers.location)) : null;
    });
  }

  it("are added, listed and taken away, each tenant its own", async () => {
    const { status, body } = await call(stack(), "POST", "/hosts", { host: HOST });
    expect([status, hostBody.parse(body)]).toMatchObject([
      201,
      { host: HOST, state: "active", proofs: [], problems: [] },
    ]);
    expect(hostList.parse(await done(stack(), "GET", "/hosts")).hosts).toMatchObject([{ host: HOST, state: "active" }]);
    expect(hostBody.parse(await done(stack(), "GET", `/hosts/${HOST}`))).toEqual(body);
    const other = asOther(stack());
    expect(await done(stack(), "GET", "/hosts", undefined, other)).toEqual({ hosts: [] });
    const taken = refusal(await call(stack(), "POST", "/hosts", { host: HOST }, other));
    expect(taken).toMatchObject({ status: 409, code: "ALREADY_EXISTS" });
    for (const method of ["GET", "DELETE"]) {
      const answer = await call(stack(), method, `/hosts/${HOST}`, undefined, other);
      expect(refusal(answer)).toMatchObject({ status: 404, code: "NOT_FOUND" });
    }
    expect(hostDeleted.parse(await done(stack(), "DELETE", `/hosts/${HOST}`))).toEqual({
      host: HOST,
      status: "deleted",
    });
    expect(await done(stack(), "GET", "/hosts")).toEqual({ hosts: [] });
  });

  it("hand over what is the tenant's, on links of that very host, and nothing of another's", async () => {
    const url = await publish(stack(), "own-host.txt", "on a host of its own");
    const other = "files.other.test";
    await done(stack(), "POST", "/hosts", { host: HOST });
    await done(stack(), "POST", "/hosts", { host: other }, asOther(stack()));
    const copy = await hit(HOST, link(url, `&site=${stack().presigned.tenant}`));
    expect(copy.hostname).toBe(HOST);
    expect(await onHost(stack(), HOST, copy.pathname)).toMatchObject({ status: 200, text: "on a host of its own" });
    expect(await onHost(stack(), edge, copy.pathname)).toMatchObject({ status: 200, text: "on a host of its own" });
    expect(await onHost(stack(), other, copy.pathname)).toMatchObject({ status: 403, code: "TOKEN_INVALID" });
    await done(stack(), "DELETE", `/hosts/${HOST}`);
    await done(stack(), "DELETE", `/hosts/${other}`, undefined, asOther(stack()));
    for (const path of [copy.pathname, link(url)]) {
      expect(await onHost(stack(), HOST, path)).toMatchObject({ status: 404, code: "UNKNOWN_HOST" });
    }
  });

  it("are refused where they are no host names, or the deployment's", async () => {
    for (const host of ["*.demo.test", "Files.demo.test", "127.0.0.1", edge, `x.${edge}`, "", "a b", 7, null]) {
      const answer = await call(stack(), "POST", "/hosts", { host });
      expect(refusal(answer)).toMatchObject({ status: 400, message: expect.stringMatching(/^host/) });
    }
    expect(await done(stack(), "GET", "/hosts")).toEqual({ hosts: [] });
  });
}
