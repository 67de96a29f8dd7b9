import { env } from "cloudflare:workers";
import { expect, inject, test } from "vitest";
import { objectKey } from "../../../src/core/entry.ts";
import { parseStores } from "../../../src/core/stores/store-settings.ts";
import { openStores } from "../../../src/platform/stores/open-stores.ts";
import { storeLinks } from "../../../src/platform/stores/store-links.ts";
import { storeNames } from "../../../src/platform/stores/store-names.ts";
import { newKey } from "../../contracts/keys.ts";
import { linkTo } from "../../contracts/link-signer.contract.ts";
import { BARE, readText, utf8 } from "../../contracts/object-store.contract.ts";
import { fakeLinkSigner } from "../../fakes/link-signer.ts";

const { s3 } = inject("services");
const setting = [
  { name: "near", ...s3 },
  { name: "seen", ...s3, presign: true },
];
const settings = parseStores(JSON.stringify(setting), true);
if (!settings) throw new Error("the stores of this test are not valid");
const named = settings;

test("copies lie in R2, or over HTTP in the store that their generation names, as the setting says", async () => {
  const stores = openStores(env.OBJECTS, named, () => {});
  const key = newKey();
  for (const generation of ["g1", "near.g1"]) {
    const object = objectKey(key, generation);
    await stores.put(object, utf8(generation), BARE);
    expect(await readText(stores, object)).toBe(generation);
    expect((await env.OBJECTS.head(object)) !== null).toBe(generation === "g1");
  }
  expect([...storeNames(named)]).toEqual(["near", "seen"]);
});

test("links lead straight to the stores that clients may be sent to", async () => {
  const stores = openStores(env.OBJECTS, named, () => {});
  const key = newKey();
  const links = storeLinks(fakeLinkSigner("own.test"), named, { otherwise: fakeLinkSigner("edge.test"), clock: Date });
  const address = (generation: string) => links?.sign(linkTo(key, { generation }), "file", "GET") ?? "";
  await stores.put(objectKey(key, "seen.g1"), utf8("seen"), BARE);
  expect(await (await fetch(await address("seen.g1"))).text()).toBe("seen");
  expect(new URL(await address("near.g1")).host).toBe("edge.test");
  expect(new URL(await address("g1")).host).toBe("own.test");
});

test("nobody is sent anywhere where no store may be seen", () => {
  const hidden = named.filter(({ presign }) => !presign);
  expect(storeLinks(null, hidden, { otherwise: fakeLinkSigner(), clock: Date })).toBeNull();
});
