import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { presign } from "../../stack/objects.ts";
import { ask, proxyUrl } from "../../stack/requests.ts";
import { problemOf } from "./problem.ts";

/** Paths that lead nowhere, and methods that a path does not take. */
export function wrongDoors(stack: () => Stack): void {
  it.each([
    "/",
    "/nothing",
    "/Proxy",
    "/proxy/x",
    "/proxyx",
    "/f",
    "/f/token",
    "/f/a/b/c",
    "/preload/x",
    "/.env",
    "/__proto__",
  ])("is not found: %s", async (path) => {
    const headers = { authorization: `Bearer ${stack().apiKey}` };
    expect(await problemOf(await ask(`${stack().api}${path}`, { headers }))).toMatchObject({ code: "NOT_FOUND" });
  });

  it.each([
    ["/proxy", ["POST", "PUT", "PATCH", "DELETE"], "GET, HEAD, OPTIONS"],
    ["/f/token/name", ["POST", "PUT", "DELETE"], "GET, HEAD, OPTIONS"],
    ["/preload", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"], "POST"],
    ["/cache", ["POST", "PUT", "DELETE"], "GET, HEAD"],
    ["/cache/key", ["POST", "PUT", "PATCH"], "GET, HEAD, DELETE"],
    ["/health", ["POST", "DELETE"], "GET, HEAD"],
    ["/openapi.json", ["POST", "DELETE"], "GET, HEAD"],
  ])("takes at %s none of %j", async (path, methods, allow) => {
    for (const method of methods) {
      const response = await ask(`${stack().api}${path}`, { method });
      expect([response.status, response.headers.get("allow")]).toEqual([405, allow]);
      if (method !== "HEAD") expect(await problemOf(response)).toMatchObject({ code: "METHOD_NOT_ALLOWED" });
    }
  });

  it("takes a good URL by no other method", async () => {
    const url = proxyUrl(stack(), await presign(stack(), "hello.txt"));
    const response = await ask(url, { method: "POST", body: "x" });
    expect(await problemOf(response)).toMatchObject({ code: "METHOD_NOT_ALLOWED" });
  });
}
