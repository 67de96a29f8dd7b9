import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { findEntry, preload, untilReady } from "../../stack/entries.ts";
import { publish } from "../../stack/objects.ts";
import { ask, untilHit } from "../../stack/requests.ts";
import { done } from "../settings/settings-calls.ts";

/** `POST /purge`: what one selector names is gone when it answers, and nothing else is. */
export function selections(stack: () => Stack): void {
  /** Copies under these keys, of objects of these names below a folder of their own. */
  async function copies(folder: string, names: readonly string[], tags: readonly string[] = []) {
    const urls = new Map<string, string>();
    for (const name of names) {
      const url = await publish(stack(), `${folder}/${name}`, name);
      urls.set(name, url);
      await preload(stack(), { url, hash: `${folder}/${name}`, tags: [...tags] });
    }
    for (const name of names) await untilReady(stack(), `${folder}/${name}`);
    return (name: string) => urls.get(name) ?? "";
  }

  const statuses = async (folder: string, names: readonly string[]) =>
    await Promise.all(names.map(async (name) => (await findEntry(stack(), `${folder}/${name}`))?.status));

  it("by keys tells of which there was nothing", async () => {
    await copies("by-keys", ["a", "b", "c"]);
    const keys = ["by-keys/a", "by-keys/never", "by-keys/b"];
    expect(await done(stack(), "POST", "/purge", { keys })).toEqual({
      ...{ status: "done", soft: false, purged: 2, missing: ["by-keys/never"] },
    });
    expect(await statuses("by-keys", ["a", "b", "c"])).toEqual(["purged", "purged", "ready"]);
    expect(await done(stack(), "POST", "/purge", { keys })).toMatchObject({ purged: 0, missing: keys });
  });

  it("by a prefix of keys takes its characters as they are", async () => {
    await copies("by%pre_fix", ["a", "b"]);
    await copies("by-prefix", ["a"]);
    expect(await done(stack(), "POST", "/purge", { prefix: "by%pre_" })).toMatchObject({ purged: 2 });
    expect(await statuses("by%pre_fix", ["a", "b"])).toEqual(["purged", "purged"]);
    expect(await statuses("by-prefix", ["a"])).toEqual(["ready"]);
  });

  it("by a prefix of URLs takes what came from there", async () => {
    const url = await copies("by-url", ["a", "b"]);
    await copies("by-url-too", ["a"]);
    const prefix = url("a").replace(/a\?.*$/s, "");
    expect(await done(stack(), "POST", "/purge", { url_prefix: prefix })).toMatchObject({ purged: 2 });
    expect(await statuses("by-url", ["a", "b"])).toEqual(["purged", "purged"]);
    expect(await statuses("by-url-too", ["a"])).toEqual(["ready"]);
  });

  it("by a tag takes what has it, in whatever case", async () => {
    await copies("by-tag", ["a", "b"], ["Sale", "v1"]);
    await copies("by-tag-too", ["a"], ["v1"]);
    expect(await done(stack(), "POST", "/purge", { tag: "SALE" })).toMatchObject({ purged: 2 });
    expect(await statuses("by-tag", ["a", "b"])).toEqual(["purged", "purged"]);
    expect(await statuses("by-tag-too", ["a"])).toEqual(["ready"]);
  });

  it("by an origin takes what its line of the allow-list is about", async () => {
    const url = await copies("by-origin", ["a"]);
    const origin = `${new URL(url("a")).origin}${new URL(url("a")).pathname.replace(/a$/, "")}`;
    const { id } = await done(stack(), "POST", "/origins", { origin });
    await copies("by-origin-too", ["a"]);
    expect(await done(stack(), "POST", "/purge", { origin: id })).toMatchObject({ purged: 1 });
    expect(await statuses("by-origin", ["a"])).toEqual(["purged"]);
    expect(await statuses("by-origin-too", ["a"])).toEqual(["ready"]);
    await done(stack(), "DELETE", `/origins/${id}`);
  });

  it("has every link to the copy lead to the origin, from the moment at which it answers", async () => {
    const url = await copies("old-links", ["a"]);
    const { location } = await untilHit(stack(), url("a"), { extra: { hash: "old-links/a" } });
    expect((await ask(location)).status).toBe(200);
    await done(stack(), "POST", "/purge", { prefix: "old-links/" });
    for (let count = 0; count < 5; count += 1) {
      const { status, headers } = await ask(location);
      expect([status, headers.get("location")]).toEqual([302, url("a")]);
    }
  });
}
