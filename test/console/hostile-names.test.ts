import { describe, expect, it } from "vitest";
import { apiData } from "./fakes/api-data.ts";
import { consoleWorld } from "./fakes/console-world.ts";
import { fakeApi } from "./fakes/fake-api.ts";
import { sampleAsset } from "./fakes/sample-assets.ts";
import { HOSTILE_KEY, sampleEntry } from "./fakes/sample-entries.ts";
import { OPERATOR_PATHS, TENANT_PATHS } from "./paths.ts";
import { textOf } from "./reading.ts";

const EVIL = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`;

/** Pages that show figures alone, or names that are no API's. */
const NAMELESS = ["/app/acme/overview", "/app/acme/members", "/operator/status", "/operator/usage", "/operator/prices"];

/** Every text that comes from outside, made hostile; what has a fixed form stays. */
function poisoned<Value>(value: Value, name = ""): Value {
  const fixed =
    /^(?:at|day|period|from|until|status|state|actor|access|delivery|kind|code|over|page|mode|resource_policy|gb)$|_at$|_until$|_bytes$|_price$|paid|saved/;
  if (typeof value === "string") return (fixed.test(name) ? value : `${value}${EVIL}`) as Value;
  if (Array.isArray(value)) return value.map((each) => poisoned(each, name)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, poisoned(each, key)])) as Value;
}

/** Tags with the attributes that a browser would see, quoted values left out. */
function tags(html: string): string[] {
  return (html.match(/<[a-z](?:"[^"]*"|[^<>"])*>/gi) ?? []).map((tag) => tag.replaceAll(/"[^"]*"/g, '""'));
}

/** Whether nothing of what is hostile became a tag, or an attribute that runs. */
function isPlain(html: string): boolean {
  const scripts = html.match(/<script/g)?.length;
  return scripts === 1 && tags(html).every((tag) => !/\son\w+=|<img/i.test(tag));
}

describe("names that want to be more than text", () => {
  const cases = [
    ...TENANT_PATHS.map((path) => [path, "owner"] as const),
    ...OPERATOR_PATHS.map((path) => [path, "operator"] as const),
  ];

  it.each(cases)("are nothing but text on %s", async (path, who) => {
    const data = poisoned(apiData());
    data.entries.push(
      sampleEntry(80, { key: "big/backup.img", source_url: `https://x.example/${EVIL}`, tags: [EVIL] }),
    );
    data.assets.push(sampleAsset(1, { filename: EVIL }), sampleAsset(2, { content_type: EVIL }));
    data.tenants.push({ ...data.tenants[0], id: "globex" } as (typeof data.tenants)[number]);
    const html = await textOf(await (await consoleWorld({}, fakeApi(data))).get(path, who));
    expect(html.match(/<script/g)).toHaveLength(html.includes("charts-") ? 2 : 1);
    expect(tags(html).filter((tag) => /\son\w+=|<img/i.test(tag))).toEqual([]);
    expect(html).not.toMatch(/(?:href|src|action)="(?:javascript|data):/i);
    if (!NAMELESS.includes(path)) expect(html).toContain("&lt;script>alert(1)");
  });

  it("lead from the list to the file and back, whatever is in them", async () => {
    const { get } = await consoleWorld();
    const list = await textOf(await get("/app/acme/files"));
    const href = `/app/acme/files/${encodeURIComponent(HOSTILE_KEY)}`;
    expect(list).toContain(href.replaceAll("&", "&amp;").replaceAll('"', "&quot;"));
    const file = await get(href);
    expect([file.status, await textOf(file)]).toEqual([200, expect.stringContaining("/../%2e%2e/")]);
  });

  it.each(["a/b/c", "a//b", "..", "../../keys", "a?b#c", "%2F", "ü", "a b", "."])(
    "ask the API for exactly the key %j",
    async (key) => {
      const { get, api } = await consoleWorld();
      await get(`/app/acme/files/${encodeURIComponent(key).replaceAll(".", "%2E")}`);
      const asked = api.seen.find(({ path }) => path.startsWith("/cache/"));
      if (asked) expect(decodeURIComponent(asked.path.slice("/cache/".length))).toBe(key);
      else expect(["..", "../../keys", "."]).toContain(key);
    },
  );

  it.each([
    ["origins", { form: "origin", origin: EVIL, tags: EVIL }],
    ["files", { form: "preload", hash: EVIL, tags: EVIL }],
    ["files", { form: "purge", by: "all", value: EVIL }],
    ["fills", { mode: "auto", max_object_bytes: EVIL, store: EVIL, large_store: EVIL }],
    ["assets/a1", { form: "link", ttl: "3600", max_downloads: EVIL }],
    ["serving", { resource_policy: "same-site", max_age_seconds: EVIL, origins: "x" }],
  ])("do not come from a form of %s, either", async (path, fields) => {
    const { post } = await consoleWorld();
    const response = await post(`/app/acme/${path}`, fields);
    const html = await textOf(response);
    expect(response.status).toBe(422);
    expect(html).toContain(`value="&quot;>&lt;script>alert(1)`);
    expect(isPlain(html)).toBe(true);
  });

  it("do not come from the form that renames an asset, either", async () => {
    const { post, api } = await consoleWorld();
    api.answerWith("PATCH /assets/a1", 400, "INVALID_FIELD", `filename: ${EVIL}`);
    const html = await textOf(await post("/app/acme/assets/a1", { form: "rename", filename: EVIL }));
    expect(html).toContain(`value="&quot;>&lt;script>alert(1)`);
    expect(isPlain(html)).toBe(true);
  });

  it.each(["versions", "links", "cursor"])("are nothing but text in the address of assets, as %s", async (name) => {
    const { get } = await consoleWorld();
    for (const path of ["/app/acme/assets", "/app/acme/assets/a2"]) {
      expect(isPlain(await textOf(await get(`${path}?${name}=${encodeURIComponent(EVIL)}`)))).toBe(true);
    }
  });

  it.each(["origins", "request_headers", "exposed_headers"])(
    "end no text area of what browsers may do: %s",
    async (name) => {
      const { post } = await consoleWorld();
      const evil = `</textarea>${EVIL}`;
      const fields = { resource_policy: "same-site", origins: "https://a.example", [name]: evil, max_age_seconds: "x" };
      const html = await textOf(await post("/app/acme/serving", fields));
      expect(html).toContain("&lt;/textarea>");
      expect(isPlain(html)).toBe(true);
    },
  );

  it.each(["q", "tag", "cursor", "status", "way", "preload"])(
    "are nothing but text in the address of the files, as %s, with something found and without",
    async (name) => {
      const { get } = await consoleWorld();
      for (const more of ["", "&q=nothing-of-this-name", "&tag=no tag", "&q=media&cursor=0"]) {
        const html = await textOf(await get(`/app/acme/files?${name}=${encodeURIComponent(EVIL)}${more}`));
        expect(isPlain(html)).toBe(true);
        expect(html).not.toMatch(/(?:href|src|action)="(?!\/|#|https:)/);
      }
    },
  );

  it("lead from a ticked box to the API as they are", async () => {
    const { post, api } = await consoleWorld();
    await post("/app/acme/files", { form: "chosen", [`chosen ${HOSTILE_KEY}`]: "yes", "chosen __proto__": "yes" });
    expect(api.seen.at(-1)).toMatchObject({ path: "/purge", body: { keys: [HOSTILE_KEY, "__proto__"] } });
  });
});
