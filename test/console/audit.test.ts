import { describe, expect, it } from "vitest";
import { consoleWorld } from "./fakes/console-world.ts";
import { textOf } from "./reading.ts";

/** The facts of a change, as people see them. */
async function shown(action: string, detail: Readonly<Record<string, unknown>>): Promise<string> {
  const { get, api } = await consoleWorld();
  const [like] = api.data.audit;
  if (!like) throw new Error("the log is empty");
  api.data.audit.splice(0, Number.POSITIVE_INFINITY, { ...like, action, detail });
  return /<span class="note">(.*?)<\/span><\/th>/.exec(await textOf(await get("/app/acme/audit")))?.[1] ?? "";
}

describe("a change in the log", () => {
  it("tells its facts, each by itself", async () => {
    expect(await shown("purge", { tag: "spring", soft: true, keys: ["a", "b"] })).toBe(
      "tag: <bdi>spring</bdi>, soft: <bdi>true</bdi>, keys: <bdi>[&quot;a&quot;,&quot;b&quot;]</bdi>",
    );
  });

  it("of an asset leads to that, unless it is gone", async () => {
    const detail = { id: "a1", filename: "a.txt" };
    expect(await shown("assets.publish", detail)).toBe(
      'id: <a href="/app/acme/assets/a1">a1</a>, filename: <bdi>a.txt</bdi>',
    );
    for (const action of ["assets.remove", "keys.add"]) expect(await shown(action, detail)).not.toContain("href");
  });

  it("shows what nobody would see in a name, and no more of a long one than says what it is", async () => {
    const text = await shown("assets.add", { filename: `\u202e${"x".repeat(1000)}`, is_public: true });
    expect(text).toMatch(/^filename: <bdi>⟨U\+202E⟩x{100,120}…<\/bdi>, is_public: <bdi>true<\/bdi>$/);
  });

  it("ends where a line would be too long to read", async () => {
    const detail = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`fact_${n}`, "y".repeat(30)]));
    const text = await shown("settings.change", detail);
    expect(text).toMatch(/fact_5.*…$/);
    expect(text).not.toContain("fact_9");
  });
});
