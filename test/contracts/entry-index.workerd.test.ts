import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { keyText } from "../../src/core/entry-key.ts";
import { kvEntryIndex } from "../../src/platform/cloudflare/kv-entry-index.ts";
import { HOUR, heldEntry, SECOND } from "../core/samples.ts";
import { entryIndexContract } from "./entry-index.contract.ts";
import { newKey } from "./keys.ts";

const index = () => kvEntryIndex(env.INDEX);

entryIndexContract("Workers KV", index);

test.each([
  ["no JSON", "{"],
  ["null", "null"],
  ["the version before, whose copies say less", JSON.stringify({ version: 1, entry: heldEntry() })],
  ["a version after", JSON.stringify({ version: 3, entry: heldEntry() })],
  ["no version", JSON.stringify(heldEntry())],
])("a value that is %s is read as absent", async (_, value) => {
  const key = newKey();
  await env.INDEX.put(`entry:${keyText(key)}`, value);
  expect(await index().get(key)).toBeNull();
});

test("KV forgets an entry when it ends, and never before", async () => {
  const now = Date.now();
  const [long, short, open, expired] = [newKey(), newKey(), newKey(), newKey()];
  await index().put(long, heldEntry({ expiresAt: now + HOUR }));
  await index().put(short, heldEntry({ expiresAt: now + SECOND }));
  await index().put(open, heldEntry());
  await index().put(expired, { state: "expired" });
  const { keys } = await env.INDEX.list({ prefix: "entry:" });
  const lifeOf = (key: typeof long) => {
    const expiration = keys.find(({ name }) => name === `entry:${keyText(key)}`)?.expiration;
    return expiration === undefined ? null : expiration - Math.floor(now / 1000);
  };
  expect([long, short, open, expired].map(lifeOf)).toEqual([
    ...[3600, 60].map((seconds) => expect.closeTo(seconds, -1)),
    null,
    expect.closeTo(86_400, -1),
  ]);
});
