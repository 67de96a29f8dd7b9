import { describe, expect, test } from "vitest";
import { objectKey } from "../../src/core/entry.ts";
import { routedStore } from "../../src/platform/stores/routed-store.ts";
import type { ObjectStore } from "../../src/ports/object-store.ts";
import { tenantId } from "../core/samples.ts";
import { fakeObjectStore } from "../fakes/object-store.ts";
import { numberedKey } from "./keys.ts";
import { BARE, objectStoreContract, readText, utf8 } from "./object-store.contract.ts";

const ACME = tenantId("acme");
const keyOf = (generation: string, number = 1) => objectKey(numberedKey(ACME, number), generation);

function stores() {
  const [own, cold, archive] = [fakeObjectStore(), fakeObjectStore(), fakeObjectStore()];
  const reports: { readonly what: string; readonly error: unknown }[] = [];
  const named = new Map<string, ObjectStore>([
    ["cold", cold],
    ["archive", archive],
  ]);
  const report = (what: string, error: unknown) => void reports.push({ what, error });
  return { own, cold, archive, named, report, reports, store: routedStore({ own, named, report }) };
}

/** Every key that a walk shows, in its order, by pages of `limit`; and how many pages there were. */
async function walk(store: ObjectStore, limit = 2) {
  const keys: string[] = [];
  let pages = 0;
  for (let cursor: string | null = null; ; pages += 1) {
    const page: Awaited<ReturnType<ObjectStore["list"]>> = await store.list({ cursor, limit });
    keys.push(...page.objects.map(({ key }) => key));
    if (page.cursor === null) return { keys, pages: pages + 1 };
    cursor = page.cursor;
  }
}

objectStoreContract("routed, the deployment's own", () => stores().store);

describe("several stores as one", () => {
  test.each([
    ["g1", "own"],
    ["cold.g1", "cold"],
    ["archive.g1", "archive"],
  ] as const)("keep the generation %s in the store %s alone, whatever is done with it", async (generation, name) => {
    const { store, ...all } = stores();
    const key = keyOf(generation);
    const lies = () => (["own", "cold", "archive"] as const).filter((each) => all[each].objects.has(key));
    await store.put(key, utf8("hello"), BARE);
    expect(lies()).toEqual([name]);
    expect(await store.head(key)).toMatchObject({ size: 5 });
    expect(await readText(store, key, { offset: 1, length: 3 })).toBe("ell");
    await store.delete(key);
    expect(lies()).toEqual([]);

    const writer = store.writer(key, 3, BARE);
    await writer.write(utf8("abc"));
    await writer.end();
    expect(lies()).toEqual([name]);
    await store.delete(key);

    const upload = await store.createMultipart(key, BARE);
    expect(all[name].uploads.size).toBe(1);
    const resumed = store.resumeMultipart(key, upload.id);
    await resumed.complete([{ number: 1, etag: await resumed.uploadPart(1, utf8("part")) }]);
    expect(lies()).toEqual([name]);
  });

  test("a copy in a store that is not there any more cannot be read, and is not gone either", async () => {
    const { store } = stores();
    const key = keyOf("sold.g1");
    await expect(store.head(key)).rejects.toThrow("sold");
    await expect(store.get(key, null)).rejects.toThrow("sold");
    await expect(store.put(key, utf8("x"), BARE)).rejects.toThrow("sold");
    await expect(store.createMultipart(key, BARE)).rejects.toThrow("sold");
    expect(() => store.resumeMultipart(key, "id")).toThrow("sold");
    expect(() => store.writer(key, 1, BARE)).toThrow("sold");
  });

  test("to delete a copy there is no error, and reported", async () => {
    const { store, reports } = stores();
    await store.delete(keyOf("sold.g1"));
    expect(reports.map(({ error }) => String(error))).toEqual([expect.stringContaining("sold")]);
  });

  test("what is no copy lies in the deployment's own", async () => {
    const { store, own } = stores();
    await store.put("manifests/acme/cold.json", utf8("[]"), BARE);
    expect([...own.objects.keys()]).toEqual(["manifests/acme/cold.json"]);
  });
});

describe("a walk through several stores", () => {
  async function filled() {
    const all = stores();
    const generations = ["g1", "cold.g1", "archive.g1"];
    const keys = generations.flatMap((generation) => [1, 2, 3].map((number) => keyOf(generation, number)));
    for (const key of keys) await all.store.put(key, utf8("x"), BARE);
    return { ...all, keys };
  }

  test.each([1, 2, 3, 1000])("shows everything once, by pages of %i", async (limit) => {
    const { store, keys } = await filled();
    expect((await walk(store, limit)).keys.toSorted()).toEqual(keys.toSorted());
  });

  test("ends where there is only the deployment's own", async () => {
    const own = fakeObjectStore();
    const alone = routedStore({ own, named: new Map(), report: () => {} });
    await alone.put(keyOf("g1"), utf8("x"), BARE);
    expect(await walk(alone)).toEqual({ keys: [keyOf("g1")], pages: 1 });
  });

  test("does not show in a store what would be looked for in another", async () => {
    const { store, own, cold, keys } = await filled();
    await own.put(keyOf("cold.g9"), utf8("x"), BARE);
    await cold.put(keyOf("g9"), utf8("x"), BARE);
    await cold.put("somebody-else.txt", utf8("x"), BARE);
    expect((await walk(store)).keys.toSorted()).toEqual(keys.toSorted());
  });

  test("passes over a store that cannot be listed, and reports it", async () => {
    const { named, own, reports, report, keys } = await filled();
    const broken = { ...fakeObjectStore(), list: () => Promise.reject(new Error("down")) };
    const store = routedStore({ own, named: new Map([...named, ["archive", broken]]), report });
    expect((await walk(store)).keys.toSorted()).toEqual(keys.filter((key) => !key.includes("archive")).toSorted());
    expect(reports.map(({ what }) => what)).toEqual(["store archive"]);
  });

  test("rejects where the deployment's own cannot be listed", async () => {
    const { named, report } = await filled();
    const broken = { ...fakeObjectStore(), list: () => Promise.reject(new Error("down")) };
    const store = routedStore({ own: broken, named, report });
    await expect(store.list({ cursor: null, limit: 10 })).rejects.toThrow("down");
  });

  test("goes on behind a store that was taken away meanwhile", async () => {
    const { store, named, own, report, keys } = await filled();
    const first = await store.list({ cursor: null, limit: 3 });
    expect(first.cursor).toBe("archive:");
    const left = new Map([...named].filter(([name]) => name !== "archive"));
    const rest = await routedStore({ own, named: left, report }).list({ cursor: first.cursor, limit: 3 });
    expect(rest).toEqual({ objects: [], cursor: "cold:" });
    expect(keys).toHaveLength(9);
  });
});
