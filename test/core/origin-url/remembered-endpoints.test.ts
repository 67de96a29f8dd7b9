import { describe, expect, it } from "vitest";
import { endpointOf } from "../../../src/core/origin-url/endpoints.ts";

/** A bucket's host of this length. */
function hostOf(length: number): string {
  const store = ".s3.amazonaws.com";
  return `${"a.".repeat(length).slice(0, length - store.length - 1)}b${store}`;
}

describe("the store behind a host", () => {
  it("is remembered", () => {
    const endpoint = endpointOf(hostOf(253), []);
    expect(endpoint).toMatchObject({ store: "s3", namespace: "aws" });
    expect(endpointOf(hostOf(253), [])).toBe(endpoint);
  });

  it("is read anew each time where the host is longer than a name can be", () => {
    for (const length of [254, 8_000]) {
      const endpoint = endpointOf(hostOf(length), []);
      expect(endpoint).toMatchObject({ store: "s3", namespace: "aws" });
      expect(endpointOf(hostOf(length), [])).toEqual(endpoint);
      expect(endpointOf(hostOf(length), [])).not.toBe(endpoint);
    }
  });

  it("is forgotten when a thousand others came, which is nothing to who asks", () => {
    const endpoint = endpointOf(hostOf(100), []);
    for (let number = 0; number < 1_000; number += 1) expect(endpointOf(`host-${number}.example`, [])).toBeNull();
    expect(endpointOf(hostOf(100), [])).toEqual(endpoint);
    expect(endpointOf(hostOf(100), [])).not.toBe(endpoint);
  });
});
