import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { objectKey } from "../../../src/core/entry.ts";
import { generationIn, isStoreName, storeFor, storeOf, storeOfObject } from "../../../src/core/stores/generation.ts";
import { numberedKey } from "../../contracts/keys.ts";
import { tenantId } from "../samples.ts";

const KEY = numberedKey(tenantId("acme"), 1);

describe("the name of a store", () => {
  it.each(["a", "gcs", "cold-1", "a-b-c", "0", "x".repeat(32)])("may be %s", (name) => {
    expect(isStoreName(name)).toBe(true);
  });

  it.each(["", "-a", "a-", "A", "a.b", "a_b", "a/b", "a:b", "a b", "é", "x".repeat(33), "a\n"])(
    "may not be %j",
    (name) => {
      expect(isStoreName(name)).toBe(false);
    },
  );
});

describe("the store that a generation lies in", () => {
  const name = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,6}[a-z0-9])?$/);

  it("is told by it, and by the object's key", () => {
    fc.assert(
      fc.property(fc.option(name), fc.uuid(), (store, uuid) => {
        const generation = generationIn(store, uuid);
        expect(storeOf(generation)).toBe(store);
        expect(storeOfObject(objectKey(KEY, generation))).toBe(store);
      }),
    );
  });

  it("leaves a generation as it was that lies in the deployment's own", () => {
    expect(generationIn(null, "g-1")).toBe("g-1");
    expect(generationIn("cold", "g-1")).toBe("cold.g-1");
  });

  it.each(["manifests/acme/list.json", "uploads/acme/1/cold.mp4", "cold.g1", `acme/${KEY.id}/cold.g1/part`, ""])(
    "is the deployment's own for what is no copy: %j",
    (key) => {
      expect(storeOfObject(key)).toBeNull();
    },
  );
});

describe("the store for a new copy", () => {
  const large = { store: "archive", fromBytes: 100 };

  it.each([
    [null, null, 100, null],
    [null, null, null, null],
    ["cold", null, 100, "cold"],
    ["cold", null, null, "cold"],
    [null, large, 99, null],
    [null, large, 100, "archive"],
    [null, large, null, null],
    ["cold", large, 99, "cold"],
    ["cold", large, 101, "archive"],
    ["cold", large, 0, "cold"],
    ["cold", large, null, "cold"],
  ])("with %j, and %j for large ones, of %j bytes is %j", (store, largeStore, size, expected) => {
    expect(storeFor({ store, largeStore }, size)).toBe(expected);
  });
});
