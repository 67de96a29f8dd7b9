import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { composeGate } from "../../../src/consumer/compose.ts";
import { parseConsumerEnv } from "../../../src/consumer/env.ts";

const STORE = {
  name: "cold",
  endpoint: "https://hidden.example",
  bucket: "hidden-bucket",
  accessKeyId: "HIDDENID",
  secretAccessKey: "hidden-secret",
};
const withStores = (STORES: string) => ({ ...env, STORES });

describe("the setting STORES", () => {
  test("names the stores that both the Worker and the gate know", () => {
    const good = withStores(JSON.stringify([STORE]));
    expect(parseConsumerEnv(good).stores).toMatchObject([STORE]);
    expect(() => composeGate(good)).not.toThrow();
  });

  test("may be absent", () => {
    expect(parseConsumerEnv({ ...env }).stores).toEqual([]);
  });

  test.each(["[", JSON.stringify([{ ...STORE, more: 1 }]), JSON.stringify([STORE, STORE])])(
    "that is bad is told by its name alone: %#",
    (text) => {
      for (const read of [() => parseConsumerEnv(withStores(text)), () => composeGate(withStores(text))]) {
        expect(read).toThrow("STORES");
        expect(read).not.toThrow(/hidden/i);
      }
    },
  );
});
