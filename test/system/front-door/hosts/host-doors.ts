import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { presign } from "../../stack/objects.ts";
import { done } from "../settings/settings-calls.ts";
import { onHost } from "./on-host.ts";

const API_PATHS = ["/hosts", "/cache", "/access", "/openapi.json", "/", "/nothing", "/f/../cache", "/proxy/../hosts"];

/** Which host serves what. `edge`: a host of the deployment's for downloads. */
export function hostDoors(stack: () => Stack, edge: string): void {
  const download = async () => `/proxy?url=${encodeURIComponent(await presign(stack(), "hello.txt"))}`;

  it("the API's host has the API and no downloads", async () => {
    expect(await done(stack(), "GET", "/hosts")).toEqual({ hosts: [] });
    for (const path of [await download(), "/f/token/name"]) {
      expect(await onHost(stack(), "127.0.0.1", path)).toMatchObject({ status: 404, code: "NOT_FOUND" });
    }
  });

  it("the host of downloads has them, and nothing of the API", async () => {
    expect(await onHost(stack(), edge, await download())).toMatchObject({ status: 302 });
    expect(await onHost(stack(), `${edge.toUpperCase()}:80`, await download())).toMatchObject({ status: 302 });
    expect(await onHost(stack(), edge, "/f/token/name")).toMatchObject({ status: 403, code: "TOKEN_INVALID" });
    for (const path of API_PATHS) {
      expect(await onHost(stack(), edge, path)).toMatchObject({ status: 404, code: "NOT_FOUND" });
    }
  });

  it.each(["stranger.test", "127.0.0.1.stranger.test", "x.edge.test", "10.0.0.1", "[::1]", "a_b", "stranger.test."])(
    "nobody answers on another host: %s",
    async (host) => {
      for (const path of [await download(), "/f/token/name", "/health", ...API_PATHS]) {
        expect(await onHost(stack(), host, path)).toMatchObject({ status: 404, code: "UNKNOWN_HOST" });
      }
    },
  );

  it("a tenant's own host has its downloads alone, by whatever method", async () => {
    const host = "doors.demo.test";
    await done(stack(), "POST", "/hosts", { host });
    expect(await onHost(stack(), host, await download())).toMatchObject({ status: 302 });
    for (const path of [...API_PATHS, "/health"]) {
      for (const method of ["GET", "POST", "DELETE"]) {
        expect(await onHost(stack(), host, path, method)).toMatchObject({ status: 404, code: "UNKNOWN_HOST" });
      }
    }
    await done(stack(), "DELETE", `/hosts/${host}`);
  });
}
