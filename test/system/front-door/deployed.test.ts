import { describe, expect, it } from "vitest";
import { listEntries } from "../stack/entries.ts";
import { presign } from "../stack/objects.ts";
import { originRequests } from "../stack/origin-log.ts";
import { ask, askProxy, manage } from "../stack/requests.ts";
import { withStack } from "../stack/with-stack.ts";
import { problemOf } from "./bad-input/problem.ts";

describe("outside local development", () => {
  const stack = withStack(async () => ({ vars: { ENVIRONMENT: "production" } }));

  it("plain http, IP literals and private hosts are refused, even where a rule allows them", async () => {
    const url = await presign(stack(), "hello.txt");
    const { status, location } = await askProxy(stack(), url);
    expect({ status, location }).toEqual({ status: 403, location: "" });
    const preloaded = await manage(stack(), "/preload", { body: { url } });
    expect(await problemOf(preloaded)).toMatchObject({ code: "ORIGIN_NOT_ALLOWED" });
    expect(await listEntries(stack())).toEqual([]);
    expect(await originRequests(stack())).toEqual([]);
  });
});

describe("a deployment that lacks a setting", () => {
  const stack = withStack(async () => ({ vars: { SECRET_KEYS: "not-a-key-ring" } }));

  it("says which on every path, and never its value", async () => {
    for (const path of ["/proxy?url=x", "/health", "/cache", "/f/token/name", "/nothing"]) {
      const { code, message } = await problemOf(await ask(`${stack().api}${path}`));
      expect(code).toBe("MISCONFIGURED");
      expect(message).toContain("SECRET_KEYS");
      expect(message).not.toContain("not-a-key-ring");
    }
  });
});
